import { policyOf } from '../__testUtils__/policies';
import { compilePolicy } from './CompiledPolicy';
import { selectVersion } from './selectVersion';

describe('limits of a policy', () => {
  it('evaluates the first patterns of ignore-tags, and reports that there are more', () => {
    const ignoreTags = ['1.0', ...Array(2000).fill('x*'), '2.0'];
    const compiled = compilePolicy({ ...policyOf('reg.io/a'), ignoreTags });
    expect(compiled.ignoredBy('1.0')).toBe('1.0');
    expect(compiled.ignoredBy('2.0')).toBeUndefined();
    expect(compiled.problems).toEqual([
      expect.objectContaining({ code: 'ignore-tags-too-long' }),
    ]);
  });

  it('chooses nothing by a constraint of a size that nobody writes', () => {
    const compiled = compilePolicy(
      policyOf(`a=reg.io/a:${'1 - 2 || '.repeat(5000)}1`),
    );
    expect(compiled.problems).toEqual([
      expect.objectContaining({ code: 'constraint-invalid' }),
    ]);
    expect(selectVersion(compiled, [{ tag: '1.0.0' }])).toMatchObject({
      outcome: 'unusable',
    });
  });
});
