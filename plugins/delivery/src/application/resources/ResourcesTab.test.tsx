import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { nodeOf, RESOURCES, ROLLOUT } from '../../../dev/fixtures/application';
import {
  api,
  openAt,
  paramOf,
  renderDrawer,
  resetDrawer,
} from '../__testUtils__/setupDrawer';

const NAMES = ['Deployment api', 'ReplicaSet api-5d8', 'Pod api-5d8-x7k2p'];

beforeEach(() => {
  resetDrawer();
  openAt({ application: 'main/argocd/api-dev', view: 'resources' });
});

function itemNamed(name: string) {
  return screen.getByRole('treeitem', { name: new RegExp(`^${name}\\b`) });
}

describe('the tree of resources', () => {
  it('shows health and messages, what needs attention first', async () => {
    await renderDrawer();
    const tree = await screen.findByRole('tree', { name: 'Resources' });
    const items = within(tree).getAllByRole('treeitem');
    expect(items.map(item => item.getAttribute('aria-level'))).toEqual([
      '1',
      '2',
      '3',
      '1',
    ]);
    expect(items[0]).toHaveAccessibleName(
      'Deployment api, Degraded, Out of sync, exceeded its progress deadline',
    );
    expect(items[2]).toHaveTextContent('Back-off pulling image');
    expect(items[2]).toHaveTextContent('ImagePullBackOff');
    expect(items[3]).toHaveTextContent('Service api');
  });

  it('is operated by keyboard', async () => {
    await renderDrawer();
    await screen.findByRole('tree');
    const [deployment, set, pod] = NAMES.map(itemNamed);
    act(() => deployment.focus());
    await userEvent.keyboard('{ArrowDown}');
    expect(set).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    expect(pod).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(set).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    expect(set).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('treeitem', { name: /^Pod/ })).toBeNull();
    await userEvent.keyboard('{End}');
    expect(itemNamed('Service api')).toHaveFocus();
    await userEvent.keyboard('{Home}{ArrowDown}{ArrowRight}');
    expect(set).toHaveAttribute('aria-expanded', 'true');
    const reachable = screen
      .getAllByRole('treeitem')
      .filter(({ tabIndex }) => tabIndex === 0);
    expect(reachable).toEqual([set]);
  });

  it('leads to the differences of a resource, and back to it', async () => {
    await renderDrawer();
    await screen.findByRole('tree');
    act(() => itemNamed('Deployment api').focus());
    await userEvent.keyboard('{Enter}');

    const lines = await screen.findByRole('group', {
      name: 'Lines that differ',
    });
    expect(lines).toHaveTextContent('replicas: 1');
    expect(lines).toHaveTextContent('after a sync');
    expect(paramOf('resource')).toBe('Deployment/api');
    expect(api.getApplicationDiff).toHaveBeenCalledWith(
      expect.anything(),
      expect.anything(),
      { group: 'apps', kind: 'Deployment', namespace: 'shop-dev', name: 'api' },
      expect.anything(),
    );
    const back = screen.getByRole('button', { name: 'Back to the resources' });
    expect(back).toHaveFocus();
    await userEvent.click(back);
    await waitFor(() => expect(itemNamed('Deployment api')).toHaveFocus());
    expect(paramOf('resource')).toBeNull();
  });

  it.each([
    ['same', 'A sync would change nothing.'],
    ['missing', /missing from the cluster/],
    ['extra', /Git no longer has it/],
    ['too-large', /too many lines/],
  ] as const)('says when a resource is %s', async (state, text) => {
    api.getApplicationDiff.mockResolvedValue({ state, hunks: [] });
    openAt({ resource: 'Deployment/api' });
    await renderDrawer();
    expect(await screen.findByText(text)).toBeInTheDocument();
  });

  it('opens and closes by mouse, and stays so when it is read again', async () => {
    await renderDrawer();
    await screen.findByRole('tree');
    const icon = itemNamed('Deployment api').querySelector('svg');
    if (!icon) {
      throw new Error('The line has no icon');
    }
    await userEvent.click(icon);
    expect(screen.getAllByRole('treeitem')).toHaveLength(2);
    api.getApplicationResources.mockResolvedValue({
      ...RESOURCES,
      nodes: [...RESOURCES.nodes, nodeOf('ConfigMap', 'api')],
      total: 5,
    });
    fireEvent(document, new Event('visibilitychange'));
    await screen.findByRole('treeitem', { name: /^ConfigMap/ });
    expect(screen.getAllByRole('treeitem')).toHaveLength(3);
  });

  it('shows 300 resources, those that are not well already open', async () => {
    const nodes = Array.from({ length: 100 }, (_, index) => [
      nodeOf('Deployment', `app-${index}`, { syncStatus: 'Synced' }),
      nodeOf('ReplicaSet', `app-${index}`, {
        parents: [`Deployment/app-${index}`],
      }),
      nodeOf('Pod', `app-${index}`, {
        parents: [`ReplicaSet/app-${index}`],
        ...(index === 50 && { health: { status: 'Degraded' as const } }),
      }),
    ]).flat();
    api.getApplicationResources.mockResolvedValue({
      ...RESOURCES,
      total: 1200,
      nodes,
    });
    await renderDrawer();
    const tree = await screen.findByRole('tree');
    const items = within(tree).getAllByRole('treeitem');
    expect(items).toHaveLength(102);
    expect(items[2]).toHaveAccessibleName('Pod app-50, Degraded');
    expect(
      screen.getByText(/Only 300 of 1200 resources are shown/),
    ).toBeInTheDocument();
  });

  it('says that there are none', async () => {
    api.getApplicationResources.mockResolvedValue({
      total: 0,
      nodes: [],
      rollouts: [],
      problems: [],
    });
    await renderDrawer();
    expect(
      await screen.findByText('The application has no resources.'),
    ).toBeInTheDocument();
  });

  it('shows what it has beside the error of the rest', async () => {
    api.getApplicationResources.mockResolvedValue({
      ...RESOURCES,
      problems: [
        {
          part: 'nodes',
          error: {
            code: 'timed-out',
            parameters: {},
            message: 'Argo CD did not answer in time',
            detail: {
              code: 'detail.reported',
              parameters: { message: 'GET took 10 s' },
              message: 'GET took 10 s',
            },
          },
        },
      ],
    });
    await renderDrawer();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(
      "Couldn't load the resources from Argo CD:",
    );
    expect(alert).toHaveTextContent('GET took 10 s');
    expect(screen.getByRole('tree')).toBeInTheDocument();
  });
});

describe('a Rollout', () => {
  it('has its steps, its weight and its analysis', async () => {
    api.getApplicationResources.mockResolvedValue({
      ...RESOURCES,
      rollouts: [ROLLOUT],
    });
    await renderDrawer();
    const section = await screen.findByRole('region', { name: 'Rollout api' });
    expect(section).toHaveTextContent('Paused');
    expect(section).toHaveTextContent('20 %');
    const steps = within(section).getAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      'Send 20 % of the traffic to the new version (done)',
      'Pause until somebody resumes it (under way)',
      'Analysis: success-rate (to come)',
      'Pause for 60 s (to come)',
      'setCanaryScale (to come)',
    ]);
    expect(steps[1]).toHaveAttribute('aria-current', 'step');
    expect(section).toHaveTextContent(/api-1: Running In the background/);
  });
});
