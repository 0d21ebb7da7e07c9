import { authorName, isImageUpdater } from './author';

describe('authorName', () => {
  it.each([
    ['Ada Lovelace <ada@example.com>', 'Ada Lovelace'],
    ['<ada@example.com>', 'ada@example.com'],
    ['<>', '<>'],
    [' ada ', 'ada'],
    ['Ada <3 Git <ada@example.com>', 'Ada <3 Git'],
    ['Ada <3', 'Ada <3'],
  ])('reads %s', (author, expected) => {
    expect(authorName(author)).toBe(expected);
  });

  it('reads a long author in one pass', () => {
    const spaces = ' '.repeat(1_000_000);
    expect(authorName(`${spaces}Ada${spaces}Lovelace`)).toBe(
      `Ada${spaces}Lovelace`,
    );
  });
});

it('recognizes the Image Updater by its whole name', () => {
  expect(isImageUpdater('argocd-image-updater')).toBe(true);
  expect(isImageUpdater('argocd-image-updater-fork')).toBe(false);
});
