import { distinctionsOf } from './distinctions';
import { promotionOf } from '../../dev/fixtures/promotions';

describe('distinctionsOf', () => {
  it('says nothing where version and environment do', () => {
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

  it('tells images and applications apart', () => {
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
});
