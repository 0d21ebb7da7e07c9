import { at, list } from '../http/json';
import type { RawAnswer } from '../http/RawHttp';
import { type EcrApi, errorType } from '../registry/EcrApi';
import type { ImageRepository } from '../registry/ImageRepository';
import { Prerequisite } from '../runner/Expectation';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectThat } from '../runner/assertions';
import type { Installation } from '../installation/Installation';

interface Fixture {
  installation: Installation;
  api: EcrApi;
  moto: boolean;
  images: ImageRepository;
  /** Digest of the image tagged 1.0.0 and stable, then that of 1.0.1. */
  digests: string[];
}

function expectError(what: string, answer: RawAnswer, type: string): void {
  expectEqual(`${what}: status`, answer.status, 400);
  expectEqual(`${what}: __type`, errorType(answer.body), type);
}

/** ECR's JSON API. Only applies if the registry is an ECR. */
export const ecr = defineTopic<Installation, Fixture>({
  name: 'ecr',
  async prepare(installation) {
    const api = installation.ecr;
    if (!api) {
      throw new Prerequisite(
        'the registry is no ECR (ECR_REGION, ECR_ACCESS_KEY_ID, ECR_SECRET_ACCESS_KEY)',
      );
    }
    const images = await installation.images('ecr');
    const digests = [
      await images.push('1.0.0', 'stable'),
      await images.push('1.0.1'),
    ];
    return { installation, api, images, digests, moto: installation.moto };
  },
  expectations: [
    {
      id: 'tags-of-one-digest',
      claim:
        'an image is one detail with all its tags, its digest, size, media type and the time of the push in epoch seconds',
      source: 'ecr.md; recordings/ecr/52-images-all.json',
      async check({ api, images, digests }) {
        const { status, body } = await api.call('DescribeImages', {
          repositoryName: images.path,
        });
        expectEqual('status', status, 200);
        const details = list(at(body, 'imageDetails'));
        expectEqual(
          'digests',
          details.map(detail => at(detail, 'imageDigest')).sort(),
          [...digests].sort(),
        );
        const both = details.find(
          detail => at(detail, 'imageDigest') === digests[0],
        );
        expectEqual('tags', list(at(both, 'imageTags')).sort(), [
          '1.0.0',
          'stable',
        ]);
        expectMatch('the detail', both, {
          repositoryName: images.path,
          imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
        });
        const pushed = Number(at(both, 'imagePushedAt'));
        expectThat(
          'it was pushed within the last hours',
          Math.abs(Date.now() / 1000 - pushed) < 6 * 3600,
          both,
        );
        expectThat(
          'it has a size',
          Number(at(both, 'imageSizeInBytes')) > 0,
          both,
        );
      },
    },
    {
      id: 'paging',
      claim: 'DescribeImages pages by maxResults and nextToken',
      source: 'ecr.md; recordings/ecr/NOTES.md, "Paging"',
      async check({ api, images, digests, moto }) {
        if (moto) {
          throw new Prerequisite('moto ignores paging');
        }
        const seen: unknown[] = [];
        let nextToken: unknown;
        for (let page = 0; page <= digests.length; page += 1) {
          const { body } = await api.call('DescribeImages', {
            repositoryName: images.path,
            maxResults: 1,
            ...(nextToken === undefined ? {} : { nextToken }),
          });
          const details = list(at(body, 'imageDetails'));
          expectThat('a page holds at most one', details.length <= 1, body);
          seen.push(...details.map(detail => at(detail, 'imageDigest')));
          nextToken = at(body, 'nextToken');
          if (nextToken === undefined) {
            break;
          }
        }
        expectEqual('no token is left', nextToken, undefined);
        expectEqual('digests', seen.sort(), [...digests].sort());
      },
    },
    {
      id: 'by-tag',
      claim:
        'DescribeImages finds an image by a tag; a missing tag is an ImageNotFoundException',
      source:
        'recordings/ecr/58-images-by-tag.json, 64-images-missing-tag.json',
      async check({ api, images, digests }) {
        const byTag = (imageTag: string) =>
          api.call('DescribeImages', {
            repositoryName: images.path,
            imageIds: [{ imageTag }],
          });
        const { body } = await byTag('stable');
        expectEqual(
          'digest',
          at(body, 'imageDetails', 0, 'imageDigest'),
          digests[0],
        );
        expectError(
          'a missing tag',
          await byTag('nothing'),
          'ImageNotFoundException',
        );
      },
    },
    {
      id: 'repository-exists',
      claim:
        'creating a repository again is a RepositoryAlreadyExistsException',
      source: 'ecr.md',
      async check({ api, images }) {
        const answer = await api.call('CreateRepository', {
          repositoryName: images.path,
        });
        expectError('again', answer, 'RepositoryAlreadyExistsException');
      },
    },
    {
      id: 'repository-missing',
      claim: 'a missing repository is a RepositoryNotFoundException',
      source: 'recordings/ecr/68-images-missing-repo.json',
      async check({ api, images }) {
        const answer = await api.call('DescribeImages', {
          repositoryName: `${images.path}-none`,
        });
        expectError('missing', answer, 'RepositoryNotFoundException');
      },
    },
    {
      id: 'immutable-tags',
      claim: 'moving an immutable tag is an ImageTagAlreadyExistsException',
      source: 'recordings/ecr/NOTES.md, "Mutability in effect"',
      async check({ api, images, moto }) {
        if (moto) {
          throw new Prerequisite('moto answers with another exception');
        }
        const set = await api.call('PutImageTagMutability', {
          repositoryName: images.path,
          imageTagMutability: 'IMMUTABLE',
        });
        expectEqual('status of the change', set.status, 200);
        const { body } = await api.call('BatchGetImage', {
          repositoryName: images.path,
          imageIds: [{ imageTag: '1.0.1' }],
        });
        const answer = await api.call('PutImage', {
          repositoryName: images.path,
          imageManifest: at(body, 'images', 0, 'imageManifest'),
          imageManifestMediaType: at(
            body,
            'images',
            0,
            'imageManifestMediaType',
          ),
          imageTag: '1.0.0',
        });
        expectError('moving 1.0.0', answer, 'ImageTagAlreadyExistsException');
      },
    },
    {
      id: 'authorization-token',
      claim:
        'GetAuthorizationToken returns user AWS, a password, and its expiry in epoch seconds',
      source: 'ecr.md; recordings/ecr/NOTES.md, "GetAuthorizationToken"',
      async check({ api, moto }) {
        expectEqual('user', (await api.authorizationToken()).username, 'AWS');
        const { body } = await api.call('GetAuthorizationToken', {});
        const expires = Number(at(body, 'authorizationData', 0, 'expiresAt'));
        expectThat(
          'it ends in the future',
          moto || expires > Date.now() / 1000,
          body,
        );
      },
    },
  ],
});
