import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CopyLinkButton } from './CopyLinkButton';

describe('CopyLinkButton', () => {
  async function click(writeText: (text: string) => Promise<void>) {
    await renderInTestApp(<CopyLinkButton promotionId="p" />);
    const user = userEvent.setup();
    // Only now, because `userEvent.setup` installs its own clipboard.
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText },
    });
    await user.click(screen.getByRole('link', { name: 'Copy link' }));
  }

  it('copies the link', async () => {
    const writeText = jest.fn(async () => {});
    await click(writeText);
    expect(await screen.findByText('Link copied')).toBeInTheDocument();
    expect(writeText).toHaveBeenCalledWith(
      expect.stringContaining('#promotion-p'),
    );
  });

  it('reports that the browser refuses it', async () => {
    await click(async () => {
      throw new DOMException('Write permission denied.', 'NotAllowedError');
    });
    expect(
      await screen.findByText(/The browser refused to copy the link/),
    ).toBeInTheDocument();
  });
});
