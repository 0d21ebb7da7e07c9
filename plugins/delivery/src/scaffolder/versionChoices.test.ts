import {
  applicationOf,
  itemsOf,
  policyOf,
  REPOSITORY,
  responseOf,
} from '../../dev/fixtures/images';
import { versionChoices } from './versionChoices';

const images = responseOf(
  [
    applicationOf('dev', '1.1.0', policyOf(`${REPOSITORY}:*`)),
    applicationOf('prod', '1.0.0', policyOf(`${REPOSITORY}:~1.0`)),
  ],
  [
    ...itemsOf([['2.0.0', 'latest'], '1.1.0', '1.0.0', []]),
    ...itemsOf(['9.9.9'], 'registry.example.com/shop/other'),
  ],
);

describe('versionChoices', () => {
  it('are the tags of one repository, with what the updater chooses and what runs', () => {
    expect(
      versionChoices(images, REPOSITORY).map(
        ({ tag, nextIn, runsIn }) =>
          `${tag}: next ${nextIn.join()}, runs ${runsIn.join()}`,
      ),
    ).toEqual([
      '2.0.0: next dev, runs ',
      'latest: next dev, runs ',
      '1.1.0: next , runs dev',
      '1.0.0: next prod, runs prod',
    ]);
  });

  it('are none without a repository', () => {
    expect(versionChoices(images, undefined)).toEqual([]);
  });
});
