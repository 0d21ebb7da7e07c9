import { anchorOf, linkTo, promotionOfHash } from './anchor';

const ID = 'main/argocd/api-dev|127.0.0.1:5000/shop/api|sha256:00ff|1';

describe('anchor', () => {
  it('leads back to the promotion', () => {
    expect(promotionOfHash(`#${anchorOf(ID)}`)).toBe(ID);
    const link = new URL(
      linkTo(
        ID,
        'https://portal/api?delivery-environment=dev&delivery-outcome=open&outcome=theirs#old',
      ),
    );
    expect(promotionOfHash(link.hash)).toBe(ID);
    expect(link.search).toBe('?delivery-environment=dev&outcome=theirs');
  });

  it.each(['', '#', '#promotion-', '#other', '#promotion-%'])(
    'ignores %j',
    hash => {
      expect(promotionOfHash(hash)).toBeUndefined();
    },
  );
});
