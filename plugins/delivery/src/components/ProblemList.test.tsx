import { renderInTestApp } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import {
  APPLICATIONS_WITHHELD,
  INSTANCE_UNKNOWN,
} from '../../dev/fixtures/problems';
import { ProblemList } from './ProblemList';

describe('ProblemList', () => {
  it('shows each problem with its detail and advice', async () => {
    await renderInTestApp(
      <ProblemList
        label="Problems"
        problems={[INSTANCE_UNKNOWN, APPLICATIONS_WITHHELD]}
      />,
    );
    expect(screen.getByRole('list', { name: 'Problems' })).toBeInTheDocument();
    const [unknown, withheld] = screen.getAllByRole('listitem');
    expect(unknown).toHaveTextContent(
      "argocd/instance-name references Argo CD instances that aren't configured: 'mian' (Configured are main, edge)Correct argocd/instance-name, or remove it to search all instances",
    );
    expect(withheld).toHaveTextContent(
      /^Applications that match .+: 2Add the annotation landfall\.io\/entity-ref: component:default\/api /,
    );
  });

  it('shows what the backend sent for a problem of another release', async () => {
    await renderInTestApp(
      <ProblemList
        label="Problems"
        problems={[
          {
            code: 'unheard-of',
            parameters: {},
            message: 'As sent',
            advice: {
              code: 'advice.unheard-of',
              parameters: {},
              message: 'Do as sent',
            },
          },
        ]}
      />,
    );
    expect(screen.getByRole('listitem')).toHaveTextContent('As sentDo as sent');
  });

  it('is absent without problems', async () => {
    await renderInTestApp(<ProblemList label="Problems" problems={[]} />);
    expect(screen.queryByRole('list')).not.toBeInTheDocument();
  });
});
