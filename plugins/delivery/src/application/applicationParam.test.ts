import fc from 'fast-check';
import { formatApplication, parseApplication } from './applicationParam';

describe('an application in the URL', () => {
  it('is the same after it was written and read', () => {
    const part = fc.string({ minLength: 1, unit: 'grapheme' });
    fc.assert(
      fc.property(
        fc.record({ instance: part, namespace: part, name: part }),
        ref => {
          expect(parseApplication(formatApplication(ref))).toEqual(ref);
        },
      ),
    );
  });

  it('reads well', () => {
    const ref = { instance: 'main', namespace: 'argocd', name: 'api-dev' };
    expect(formatApplication(ref)).toBe('main/argocd/api-dev');
  });

  it.each([undefined, '', 'api', 'a/b', 'a/b/c/d', 'a//c', 'a/b/%E0%A4%A'])(
    'is none if it is %j',
    text => {
      expect(parseApplication(text)).toBeUndefined();
    },
  );
});
