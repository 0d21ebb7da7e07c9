import { normalizeEntityRef, entityRefOfMark } from './entityRef';

describe('normalizeEntityRef', () => {
  it.each([
    ['component:default/api', 'component:default/api'],
    ['component:api', 'component:default/api'],
    ['Component:Default/API', 'component:default/api'],
  ])('normalizes %s', (text, ref) => {
    expect(normalizeEntityRef(text)).toBe(ref);
  });

  it.each([
    '',
    'api',
    'default/api',
    'component:',
    'component:default/a b',
    'component:default/api\nmetadata: {}',
    'component:Not_A_Namespace/api',
    `component:default/${'a'.repeat(64)}`,
    'comp onent:default/api',
  ])('refuses %j', text => {
    expect(() => normalizeEntityRef(text)).toThrow(
      `${JSON.stringify(text)} is not an entity ref`,
    );
  });
});

describe('entityRefOfMark', () => {
  it.each([
    ['component:default/api', 'component:default/api'],
    ['Component:Default/API', 'component:default/api'],
    ['component:api', 'component:api'],
    ['not a ref', 'not a ref'],
    ['', undefined],
    [undefined, undefined],
    [1, undefined],
  ])('reads %j', (mark, entityRef) => {
    expect(entityRefOfMark(mark)).toBe(entityRef);
  });
});
