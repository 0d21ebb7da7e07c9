import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { HealthStatusLabel } from './HealthStatusLabel';

describe('HealthStatusLabel', () => {
  it.each([
    ['Healthy' as const, 'Healthy'],
    ['Progressing' as const, 'Rolling out'],
    ['Degraded' as const, 'Degraded'],
  ])('shows %s as "%s"', async (status, text) => {
    await renderInTestApp(<HealthStatusLabel status={status} />);
    expect(screen.getByText(text)).toBeInTheDocument();
  });

  it('has the reason as its title', async () => {
    await renderInTestApp(
      <HealthStatusLabel status="Degraded" reason="CrashLoopBackOff" />,
    );
    expect(screen.getByTitle('CrashLoopBackOff')).toHaveTextContent('Degraded');
  });
});
