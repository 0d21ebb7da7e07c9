import { fleetApplicationOf, fleetServiceOf } from '../../dev/fixtures/fleet';
import { shortRef, toColumns, toFleetRows } from './rows';

describe('toFleetRows', () => {
  it('groups applications by environment and keeps their order', () => {
    const [row] = toFleetRows(
      [
        fleetServiceOf('api', [
          fleetApplicationOf('second', 'prod'),
          fleetApplicationOf('api', 'dev'),
          fleetApplicationOf('api', 'prod'),
        ]),
      ],
      [],
    );
    expect(
      [...row.cells].map(([environment, items]) => [
        environment,
        items.map(({ application }) => application.name),
      ]),
    ).toEqual([
      ['prod', ['second-prod', 'api-prod']],
      ['dev', ['api-dev']],
    ]);
  });

  it.each([
    ['live', []],
    ['connecting', []],
    ['unreachable', ['stale']],
  ] as const)('adds to applications of a %s instance: %j', (state, states) => {
    const [row] = toFleetRows(
      [fleetServiceOf('api', [fleetApplicationOf('api', 'dev')])],
      [{ name: 'main', state }],
    );
    expect(row.cells.get('dev')?.[0].states).toEqual(states);
  });

  it('keeps the row of a service while others are read, until its states change', () => {
    const services = [
      fleetServiceOf('api', [fleetApplicationOf('api', 'dev')]),
      fleetServiceOf('web', [fleetApplicationOf('web', 'dev')]),
    ];
    const [first] = toFleetRows(services.slice(0, 1), []);
    const [same, other] = toFleetRows(services, []);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
    const [stale] = toFleetRows(services, [
      { name: 'main', state: 'unreachable' },
    ]);
    expect(stale.cells.get('dev')?.[0].states).toEqual(['stale']);
  });
});

describe('toColumns', () => {
  const rows = toFleetRows(
    [fleetServiceOf('api', [fleetApplicationOf('api', 'new')])],
    [],
  );

  it.each([
    ['the known order, and what appeared since', {}, ['dev', 'prod', 'new']],
    ['only the selected one', { selected: 'prod' }, ['prod']],
  ])('are %s', (_, options, expected) => {
    expect(toColumns(rows, { known: ['dev', 'prod'], ...options })).toEqual(
      expected,
    );
  });
});

describe('shortRef', () => {
  it.each([
    ['group:default/shop', 'shop'],
    ['group:team-a/shop', 'team-a/shop'],
    ['shop', 'shop'],
  ])('shortens %s to %s', (ref, expected) => {
    expect(shortRef(ref)).toBe(expected);
  });
});
