import { anchorOf, linkTo, promotionOfHash } from './anchor';

const ID = 'main/argocd/api-dev|127.0.0.1:5000/shop/api|sha256:00ff|1';

describe('anchor', () => {
  it('leads back to the promotion', () => {
    expect(promotionOfHash(`#${anchorOf(ID)}`)).toBe(ID);
    const link = new URL(
      linkTo(ID, 'https://portal/api?environment=dev&outcome=open&x=1#old'),
    );
    expect(promotionOfHash(link.hash)).toBe(ID);
    expect(link.search).toBe('?environment=dev&x=1');
  });

  it.each(['', '#', '#promotion-', '#other', '#promotion-%'])(
    'ignores %j',
    hash => {
      expect(promotionOfHash(hash)).toBeUndefined();
    },
  );
});
