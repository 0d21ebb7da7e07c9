import { toDiff } from './toDiff';

const LIVE = {
  kind: 'Deployment',
  metadata: { name: 'api' },
  spec: { replicas: 1, strategy: 'x' },
};

describe('toDiff', () => {
  it('shows changed lines with those around them', () => {
    const desired = { ...LIVE, spec: { strategy: 'x', replicas: 2 } };
    expect(toDiff({ live: LIVE, desired })).toEqual({
      state: 'different',
      hunks: [
        {
          liveStart: 2,
          desiredStart: 2,
          lines: [
            { kind: 'context', text: 'metadata:' },
            { kind: 'context', text: '  name: api' },
            { kind: 'context', text: 'spec:' },
            { kind: 'live', text: '  replicas: 1' },
            { kind: 'desired', text: '  replicas: 2' },
            { kind: 'context', text: '  strategy: x' },
          ],
        },
      ],
    });
  });

  it('ignores the order of keys', () => {
    const desired = {
      spec: { strategy: 'x', replicas: 1 },
      metadata: LIVE.metadata,
      kind: LIVE.kind,
    };
    expect(toDiff({ live: LIVE, desired })).toEqual({
      state: 'same',
      hunks: [],
    });
  });

  it.each([
    ['missing', 'desired', { desired: { a: 1 } }],
    ['extra', 'live', { live: { a: 1 } }],
  ] as const)(
    'shows all of an object that is %s',
    (state, kind, comparison) => {
      const diff = toDiff(comparison);
      expect(diff.state).toBe(state);
      expect(diff.hunks.flatMap(({ lines }) => lines)).toEqual([
        { kind, text: 'a: 1' },
      ]);
    },
  );

  it.each([
    ['more changes than anybody reads', Array.from({ length: 5000 }, String)],
    ['more text than Kubernetes accepts', ['x'.repeat(2_100_000)]],
  ])('gives up on %s', (_, list) => {
    expect(toDiff({ live: { list }, desired: { list: [] } })).toEqual({
      state: 'too-large',
      hunks: [],
    });
  });

  it('keeps long lines whole', () => {
    const text = 'word '.repeat(100).trim();
    const { hunks } = toDiff({ live: { text }, desired: { text: 'other' } });
    expect(hunks[0].lines).toHaveLength(2);
  });
});
