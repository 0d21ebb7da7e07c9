import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { ProblemList } from './ProblemList';

const problem = {
  code: 'instance-unknown' as const,
  message: "argocd/instance-name references 'mian'",
  advice: 'Correct argocd/instance-name',
};

describe('ProblemList', () => {
  it('shows each problem with its detail and advice', async () => {
    await renderInTestApp(
      <ProblemList
        label="Problems"
        problems={[problem, { ...problem, detail: 'Configured is main' }]}
      />,
    );
    expect(screen.getByRole('list', { name: 'Problems' })).toBeInTheDocument();
    expect(
      screen.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      "argocd/instance-name references 'mian'Correct argocd/instance-name",
      "argocd/instance-name references 'mian' (Configured is main)Correct argocd/instance-name",
    ]);
  });

  it('is absent without problems', async () => {
    await renderInTestApp(<ProblemList label="Problems" problems={[]} />);
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });
});
