import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ErrorNotice } from './ErrorNotice';

describe('ErrorNotice', () => {
  it('announces the sentence, has the message under details, and retries', async () => {
    const onRetry = jest.fn();
    await renderInTestApp(
      <ErrorNotice
        sentence="Couldn't load the deployments."
        error={new Error('503 Service Unavailable')}
        onRetry={onRetry}
      />,
    );
    expect(screen.getByRole('alert')).toHaveTextContent(
      "Couldn't load the deployments.",
    );
    expect(screen.getByText('503 Service Unavailable')).not.toHaveAttribute(
      'open',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });
});
