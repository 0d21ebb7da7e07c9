import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { ENTITY_REF_MARK, readEntityRefMark } from './entityRefMark';
import { mayShow, ownersToNotify, proofOf } from './judgeApplication';
import { isRepositoryPattern, judgeRepository } from './judgeRepository';
import {
  type AccessRules,
  type Claimant,
  DEFAULT_ACCESS_RULES,
  toClaimant,
} from './types';

const SHOP: Claimant = {
  ref: 'component:default/api',
  owners: ['group:default/shop'],
};
const MALLORY: Claimant = {
  ref: 'component:default/mine',
  owners: ['group:default/mallory'],
};

function application(
  marks: { annotation?: string; label?: string } = {},
  project = 'shop',
) {
  const { annotation, label } = marks;
  return {
    ref: { instance: 'main', namespace: 'argocd', name: 'api-prod' },
    project,
    annotations: {
      ...(annotation !== undefined && { [ENTITY_REF_MARK]: annotation }),
    },
    labels: { ...(label !== undefined && { [ENTITY_REF_MARK]: label }) },
  };
}

function rules(changes: Partial<AccessRules> = {}): AccessRules {
  return { ...DEFAULT_ACCESS_RULES, ...changes };
}

const PROJECTS = [{ project: 'shop', owners: ['group:default/shop'] }];

describe('toClaimant', () => {
  it('takes owners from the relations of the catalog, not from the descriptor', () => {
    const entity: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'API' },
      spec: { owner: 'group:default/payments' },
      relations: [
        { type: 'ownedBy', targetRef: 'Group:default/Shop' },
        { type: 'partOf', targetRef: 'system:default/payments' },
      ],
    };
    expect(toClaimant(entity)).toEqual(SHOP);
    expect(toClaimant({ ...entity, relations: undefined }).owners).toEqual([]);
  });
});

describe('readEntityRefMark', () => {
  it.each<[{ annotation?: string; label?: string }, string | undefined]>([
    [{ annotation: 'component:default/api' }, 'component:default/api'],
    [{ annotation: ' Component:Default/API ' }, 'component:default/api'],
    [{ annotation: 'api:team-a/a.b_c-d' }, 'api:team-a/a.b_c-d'],
    [{ label: 'component.default.api' }, 'component:default/api'],
    [{ label: 'component.default.a.b' }, 'component:default/a.b'],
    // The annotation counts, even if it is malformed.
    [
      { annotation: 'component:default/api', label: 'component.default.web' },
      'component:default/api',
    ],
    [{ annotation: 'api', label: 'component.default.api' }, undefined],
    [{ annotation: '' }, undefined],
    [{ annotation: 'component:api' }, undefined],
    [{ annotation: 'default/api' }, undefined],
    [{ annotation: 'component:default/api,component:default/x' }, undefined],
    [{ annotation: 'component:default/\u212Aey' }, undefined],
    [{ annotation: 'component.default.api' }, undefined],
    [{ label: 'component:default/api' }, undefined],
    [{ label: 'component.default' }, undefined],
    [{ label: '' }, undefined],
  ])('reads %j as %j', (marks, ref) => {
    expect(readEntityRefMark(application(marks))).toEqual(
      ref === undefined ? { kind: 'malformed' } : { kind: 'entity', ref },
    );
  });

  it('is absent without annotation and label', () => {
    expect(readEntityRefMark(application())).toEqual({ kind: 'absent' });
  });

  it('reads any text in one pass', () => {
    const annotation = `component:default/${'a-'.repeat(200_000)}!`;
    expect(readEntityRefMark(application({ annotation }))).toEqual({
      kind: 'malformed',
    });
  });
});

describe('proofOf', () => {
  it.each<
    [
      string,
      Claimant,
      ReturnType<typeof application>,
      AccessRules['projects'],
      ReturnType<typeof proofOf>,
    ]
  >([
    [
      'nothing but the annotations of the entity',
      MALLORY,
      application(),
      [],
      { proven: false, code: 'unproven' },
    ],
    [
      'a mark for it',
      SHOP,
      application({ annotation: 'component:default/api' }),
      [],
      { proven: true, by: 'mark' },
    ],
    [
      'a label for it',
      SHOP,
      application({ label: 'component.default.api' }),
      [],
      { proven: true, by: 'mark' },
    ],
    [
      'a mark for another',
      MALLORY,
      application({ annotation: 'component:default/api' }),
      [],
      { proven: false, code: 'marked-for-another' },
    ],
    [
      'a mark for another in a project of its owner',
      { ref: 'component:default/web', owners: SHOP.owners },
      application({ annotation: 'component:default/api' }),
      PROJECTS,
      { proven: false, code: 'marked-for-another' },
    ],
    [
      'a mark that can’t be read',
      SHOP,
      application({ annotation: 'api' }),
      PROJECTS,
      { proven: false, code: 'mark-malformed' },
    ],
    [
      'a project of its owner',
      SHOP,
      application(),
      PROJECTS,
      { proven: true, by: 'project' },
    ],
    [
      'a project of another owner',
      MALLORY,
      application(),
      PROJECTS,
      { proven: false, code: 'unproven' },
    ],
    [
      'another project',
      SHOP,
      application({}, 'payments'),
      PROJECTS,
      { proven: false, code: 'unproven' },
    ],
    [
      'the project in this instance',
      SHOP,
      application(),
      [{ ...PROJECTS[0], instance: 'main' }],
      { proven: true, by: 'project' },
    ],
    [
      'the project in another instance',
      SHOP,
      application(),
      [{ ...PROJECTS[0], instance: 'edge' }],
      { proven: false, code: 'unproven' },
    ],
    [
      'a project without owners, for an entity without owners',
      { ...SHOP, owners: [] },
      application(),
      [{ project: 'shop', owners: [] }],
      { proven: false, code: 'unproven' },
    ],
  ])('judges %s', (_, claimant, claimed, projects, expected) => {
    const proof = proofOf(claimant, claimed, rules({ projects }));
    expect(proof).toEqual(expected);
    expect(mayShow(proof, { read: 'permissive' })).toBe(true);
    expect(mayShow(proof, { read: 'strict' })).toBe(expected.proven);
  });

  it('proves nothing from what the claimant writes', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('shop', SHOP.ref));
    const claimed = fc.record({
      ref: fc.record({ instance: text, namespace: text, name: text }),
      project: text,
      annotations: fc.dictionary(text, text),
      labels: fc.dictionary(text, text),
    });
    fc.assert(
      fc.property(text, claimed, (ref, one) => {
        // Without a mark or a grant, no name of the entity makes the
        // application its own.
        const claimant = { ref, owners: MALLORY.owners };
        expect(proofOf(claimant, one, rules({ projects: PROJECTS }))).toEqual({
          proven: false,
          code: 'unproven',
        });
      }),
      { numRuns: 2000 },
    );
  });

  it('proves by a mark at most one entity', () => {
    const name = fc.stringMatching(/^[a-z0-9]{1,4}(?:[._-][a-z0-9]{1,4})?$/);
    const ref = fc
      .tuple(
        fc.constantFrom('component', 'api'),
        fc.constantFrom('default', 'team-a'),
        name,
      )
      .map(
        ([kind, namespace, own]) =>
          [
            `${kind}:${namespace}/${own}`,
            `${kind}.${namespace}.${own}`,
          ] as const,
      );
    fc.assert(
      fc.property(ref, ref, fc.boolean(), (marked, claiming, isLabel) => {
        const one = application(
          isLabel ? { label: marked[1] } : { annotation: marked[0] },
        );
        expect(
          proofOf({ ref: claiming[0], owners: SHOP.owners }, one, rules())
            .proven,
        ).toBe(marked[0] === claiming[0]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('ownersToNotify', () => {
  const both = [SHOP, MALLORY];

  it.each<
    [string, ReturnType<typeof application>, Partial<AccessRules>, Claimant[]]
  >([
    ['all who claim it, where nobody can prove it', application(), {}, both],
    ['nobody in strict mode', application(), { read: 'strict' }, []],
    [
      'only whom the mark names',
      application({ annotation: SHOP.ref }),
      {},
      [SHOP],
    ],
    [
      'only whose owner has the project',
      application(),
      { projects: PROJECTS },
      [SHOP],
    ],
    [
      'nobody, where the mark names one who does not claim it',
      application({ annotation: 'component:default/other' }),
      {},
      [],
    ],
    [
      'all who claim it, where the mark can’t be read',
      application({ annotation: 'api' }),
      {},
      both,
    ],
  ])('are %s', (_, claimed, changes, expected) => {
    expect(ownersToNotify(both, claimed, rules(changes))).toEqual(expected);
  });
});

describe('judgeRepository', () => {
  const ID = {
    accountId: '123456789012',
    region: 'eu-west-1',
    name: 'shop/api',
  };
  const ENTRY = { accountId: ID.accountId, names: ['shop/*'] };

  it.each<
    [string, Partial<AccessRules>, Claimant, ReturnType<typeof judgeRepository>]
  >([
    ['without a list', {}, MALLORY, { allowed: true, by: 'claim' }],
    [
      'without a list in strict mode',
      { read: 'strict' },
      SHOP,
      { allowed: false, code: 'not-listed' },
    ],
    [
      'that is listed',
      { read: 'strict', repositories: [ENTRY] },
      MALLORY,
      { allowed: true, by: 'listed' },
    ],
    [
      'that is listed for its owner',
      { repositories: [{ ...ENTRY, owners: SHOP.owners }] },
      SHOP,
      { allowed: true, by: 'listed' },
    ],
    [
      'that is listed for another owner',
      { repositories: [{ ...ENTRY, owners: SHOP.owners }] },
      MALLORY,
      { allowed: false, code: 'other-owner' },
    ],
    [
      'of another name',
      { repositories: [{ ...ENTRY, names: ['payments/*', 'shop'] }] },
      SHOP,
      { allowed: false, code: 'not-listed' },
    ],
    [
      'of another account',
      { repositories: [{ ...ENTRY, accountId: '210987654321' }] },
      SHOP,
      { allowed: false, code: 'not-listed' },
    ],
    [
      'of another region',
      { repositories: [{ ...ENTRY, region: 'us-east-1' }] },
      SHOP,
      { allowed: false, code: 'not-listed' },
    ],
  ])('judges one %s', (_, changes, claimant, expected) => {
    expect(judgeRepository(claimant, ID, rules(changes))).toEqual(expected);
  });

  it('matches no repository of another registry', () => {
    expect(judgeRepository(SHOP, undefined, rules())).toEqual({
      allowed: true,
      by: 'claim',
    });
    expect(
      judgeRepository(SHOP, undefined, rules({ repositories: [ENTRY] })),
    ).toEqual({ allowed: false, code: 'not-listed' });
  });

  it('does not match slashes with stars', () => {
    const judged = (name: string) =>
      judgeRepository(SHOP, { ...ID, name }, rules({ repositories: [ENTRY] }));
    expect(judged('shop/api').allowed).toBe(true);
    expect(judged('shop/api/v2').allowed).toBe(false);
    expect(judged('shop').allowed).toBe(false);
    expect(judged('workshop/api').allowed).toBe(false);
  });

  it('takes bounded time for hostile names', () => {
    const grant = { ...ENTRY, names: [`${'*a'.repeat(50)}b`] };
    const name = 'a'.repeat(20_000);
    expect(
      judgeRepository(SHOP, { ...ID, name }, rules({ repositories: [grant] })),
    ).toEqual({ allowed: false, code: 'not-listed' });
  });

  it.each([
    ['shop/*', true],
    ['shop/[a-c]*', true],
    ['', false],
    ['shop/[', false],
    ['shop/\\', false],
  ])('takes %j as a pattern: %s', (text, expected) => {
    expect(isRepositoryPattern(text)).toBe(expected);
  });
});
