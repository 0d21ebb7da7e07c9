import {
  describeLintFinding,
  describePolicyProblem,
  type ImagesResponse,
  lintApplication,
} from '@landfall/backstage-plugin-delivery-common';
import { screen, within } from '@testing-library/react';
import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { findRows, setupImages } from './__testUtils__/setupImages';

const PREFIX = 'argocd-image-updater.argoproj.io/';
const LIST = 'Settings of Image Updater that should be changed';

const dev = applicationOf('dev', '1.4.0', policyOf(REPOSITORY));

function responseWith(
  annotations: Record<string, string>,
  problems = dev.problems,
): ImagesResponse {
  const findings = lintApplication(
    {
      metadata: { name: 'api-dev', namespace: 'argocd', annotations },
      spec: { source: { repoURL: 'https://git.example.com/x', helm: {} } },
      status: {},
    },
    [],
  ).map(describeLintFinding);
  const { key, application, environment } = dev;
  return {
    ...responseOf([{ ...dev, problems }], itemsOf(['1.4.0'])),
    findings: [{ key, application, environment, findings }],
  };
}

describe('SettingsFindings', () => {
  it('shows the place, the effect and the fix of a finding', async () => {
    await setupImages(
      responseWith({
        [`${PREFIX}image-list`]: `app=${REPOSITORY}`,
        [`${PREFIX}app.allow-tags`]: 'regexp: ^v',
      }),
    ).render();
    const list = await screen.findByRole('list', { name: LIST });
    const found = within(list).getByText(/the expression/);
    expect(found).toHaveTextContent(
      'Error No tag is allowed: the expression " ^v" asks for " ", which no tag contains. Remove " " from the expression.',
    );
    expect(found.parentElement).toHaveTextContent(
      `Application argocd/api-dev: ${PREFIX}app.allow-tags`,
    );
    expect(list).toHaveTextContent('useAnnotations selects argocd/api-dev');
  });

  it('leaves out what the policy of an image reports already', async () => {
    const problem = describePolicyProblem({
      code: 'not-enabled',
      message: 'no ImageUpdater was seen',
      advice: {
        code: 'advice.not-enabled',
        parameters: { namespace: 'argocd', name: 'api-dev' },
      },
    });
    await setupImages(
      responseWith({ [`${PREFIX}image-list`]: `app=${REPOSITORY}` }, [problem]),
    ).render();
    await findRows();
    expect(screen.queryByRole('list', { name: LIST })).not.toBeInTheDocument();
  });
});
