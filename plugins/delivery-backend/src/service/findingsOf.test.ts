import {
  type Application,
  type ImageUpdaterResource,
  type TagMutability,
  VersionList,
} from '@landfall/backstage-plugin-delivery-common';
import { firstObservation } from '../__testUtils__/observations';
import { findingsOf } from './findingsOf';

const PREFIX = 'argocd-image-updater.argoproj.io/';

describe('findingsOf', () => {
  let application: Application;
  let imageUpdater: ImageUpdaterResource;

  beforeAll(async () => {
    ({ application } = await firstObservation('helmvalues'));
    const { name, namespace } = application.ref;
    imageUpdater = {
      name,
      namespace,
      spec: { applicationRefs: [{ namePattern: name, useAnnotations: true }] },
    };
  });

  function codesFor(
    annotations: Record<string, string>,
    lists = new Map<string, VersionList>(),
    tagMutability = new Map<string, TagMutability>(),
  ) {
    const user = {
      key: 'key',
      environment: 'dev',
      application: {
        ...application,
        annotations: { ...application.annotations, ...annotations },
      },
      imageUpdaters: [imageUpdater],
    };
    return findingsOf([user], lists, tagMutability).flatMap(({ findings }) =>
      findings.map(({ code, effect }) => `${code}: ${effect.message}`),
    );
  }

  it('is empty for an application that was recorded as it works', () => {
    expect(codesFor({})).toEqual([]);
  });

  it('has the settings that do nothing, with sentences', () => {
    expect(codesFor({ [`${PREFIX}platforms`]: 'linux/arm64' })).toEqual([
      `key-of-image: ${PREFIX}platforms is ignored: platforms exists only for single images`,
    ]);
  });

  it('judges the settings by the versions that are known', () => {
    const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
    const lists = new Map([[repository, VersionList.of([{ tag: '3f2a91c' }])]]);
    expect(codesFor({}, lists)).toEqual([
      'nothing-selected: Nothing is chosen. None of 1 versions can be taken: 1 not a semantic version',
    ]);
  });

  it('judges the strategy digest by whether tags can move', () => {
    const repository = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/api';
    const annotations = {
      [`${PREFIX}image-list`]: `app=${repository}:latest`,
      [`${PREFIX}app.update-strategy`]: 'digest',
    };
    const codes = (isMutable: boolean) =>
      codesFor(
        annotations,
        new Map([[repository, VersionList.of([])]]),
        new Map([[repository, { isMutable, exceptions: [] }]]),
      );
    expect(codes(true)).toEqual([]);
    expect(codes(false)).toEqual([
      `digest-on-immutable: Nothing is ever updated, because the tags of ${repository} are immutable`,
    ]);
  });
});
