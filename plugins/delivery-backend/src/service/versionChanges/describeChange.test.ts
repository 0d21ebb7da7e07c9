import { describeChange } from './describeChange';

const item = {
  application: { instance: 'main', namespace: 'argocd', name: 'api' },
  environment: 'prod',
  repository: 'registry.example.com/shop/api',
  from: '1.4.2',
  to: '1.4.3',
};

describe('describeChange', () => {
  it.each([
    [{ CRITICAL: 1, HIGH: 3, LOW: 0 }, '; scan: 1 CRITICAL, 3 HIGH'],
    [{}, '; scan: no findings'],
    [undefined, ''],
  ])('lists the findings %j', (findings, text) => {
    const { description } = describeChange(
      { action: 'promote' },
      [{ ...item, findings }],
      'user:default/jo',
    );
    expect(description).toBe(
      `- api (prod), \`registry.example.com/shop/api\`: \`1.4.2\` → \`1.4.3\`${text}\n\nRequested by user:default/jo through Landfall.`,
    );
  });

  it.each([
    ['promote', 'chore: promote api to 1.4.3'],
    ['revert', 'revert: take api back to 1.4.3'],
    ['resume-updates', 'chore: resume updates of api'],
  ] as const)('says what a %s does', (action, title) => {
    expect(describeChange({ action }, [item], 'u').title).toBe(title);
  });

  it('mentions nobody and closes no issue', () => {
    const { description } = describeChange(
      { action: 'promote', reason: 'Closes #1\n@all <img src=x> [a](b)' },
      [item],
      'u',
    );
    expect(description.split('\n')[0]).toBe(
      'Closes \\#1 \\@all \\<img src=x\\> \\[a\\](b)',
    );
  });

  it('cuts a long title', () => {
    const name = 'a'.repeat(200);
    const long = { ...item, application: { ...item.application, name } };
    const { title } = describeChange({ action: 'promote' }, [long], 'u');
    expect(title).toHaveLength(120);
  });
});
