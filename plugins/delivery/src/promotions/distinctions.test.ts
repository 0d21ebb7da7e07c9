import { distinctionsOf } from './distinctions';
import { promotionOf } from '../../dev/fixtures/promotions';

describe('distinctionsOf', () => {
  it('is empty where version and environment suffice', () => {
    const items = [
      promotionOf({ id: 'a' }),
      promotionOf({
        id: 'b',
        environment: 'prod',
        application: {
          instance: 'main',
          namespace: 'argocd',
          name: 'api-prod',
        },
      }),
    ];
    expect(distinctionsOf(items).size).toBe(0);
  });

  it('distinguishes images and applications', () => {
    const items = [
      promotionOf({ id: 'a' }),
      promotionOf({
        id: 'b',
        repository: 'shop/worker',
        application: { instance: 'main', namespace: 'argocd', name: 'api-eu' },
      }),
    ];
    expect([...distinctionsOf(items)]).toEqual([
      ['a', 'shop/api · api-dev'],
      ['b', 'shop/worker · api-eu'],
    ]);
  });

  it('distinguishes applications of one name on two instances', () => {
    const on = (instance: string) => ({
      instance,
      namespace: 'argocd',
      name: 'api',
    });
    const items = [
      promotionOf({ id: 'a', application: on('main') }),
      promotionOf({ id: 'b', application: on('edge') }),
      promotionOf({ id: 'c', application: on('edge'), environment: 'prod' }),
    ];
    expect([...distinctionsOf(items)]).toEqual([
      ['a', 'api (main)'],
      ['b', 'api (edge)'],
    ]);
  });
});
