import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PartBoundary } from './PartBoundary';

describe('PartBoundary', () => {
  it('keeps the other parts, and renders a failed one again on request', async () => {
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    let isBroken = true;
    const Part = () => {
      if (isBroken) {
        throw new Error('images is undefined');
      }
      return <p>a part</p>;
    };
    await renderInTestApp(
      <>
        <PartBoundary>
          <Part />
        </PartBoundary>
        <PartBoundary>
          <p>another part</p>
        </PartBoundary>
      </>,
    );
    const alert = screen.getByRole('alert');
    expect(alert).toHaveTextContent("This part of the page can't be shown.");
    expect(alert).toHaveTextContent('images is undefined');
    expect(screen.getByText('another part')).toBeInTheDocument();

    isBroken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByText('a part')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    logged.mockRestore();
  });
});
