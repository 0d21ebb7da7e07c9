import { FakeApplications } from '../__testUtils__/fakeApplications';
import { instancesOf } from '../__testUtils__/fakeArgoCd';
import { runExample } from '../__testUtils__/runExample';
import { createArgoCdApplicationReleaseAction } from './argocdApplicationRelease';
import { examples } from './argocdApplicationRelease.examples';

describe('examples of delivery:argocd:application:release', () => {
  const [release] = examples;

  it(`${release.description}`, async () => {
    const action = createArgoCdApplicationReleaseAction({
      instances: instancesOf(new FakeApplications()),
    });
    await expect(runExample(action, release)).resolves.toEqual([
      { state: 'gone' },
    ]);
  });

  it('has a test for each', () => {
    expect(examples).toEqual([release]);
  });
});
