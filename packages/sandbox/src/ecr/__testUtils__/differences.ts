/** A response that differs from moto's because Amazon's does. */
export type Difference = { reason: string } & (
  | {
      /**
       * One page of the list and a token for the next page, instead of the
       * whole list.
       */
      page: { list: string; size: number };
    }
  | {
      /** The exception that is returned instead, with status 400. */
      refusedAs: string;
    }
  | {
      /** Derives the expected body from moto's. */
      body: (recorded: Body) => Body;
    }
);

/** A JSON object. Only the changed parts matter here. */
export type Body = Record<string, unknown>;

const invalid = (reason: string): Difference => ({
  refusedAs: 'InvalidParameterException',
  reason,
});

const paged = (key: string, size: number): Difference => ({
  reason: 'moto ignores paging',
  page: { list: key, size },
});

const CHILD =
  'sha256:17ec9f16276d16ca925151a6a7c8af473c948b6884675ddc33023f71003564c1';

const NO_FILTERS =
  'Landfall sets no exclusion filters, so the sandbox has none';

const idFailure = (id: Body, code: string): Body => ({
  imageIds: [],
  failures: [
    {
      imageId: id,
      failureCode: code,
      failureReason: expect.any(String),
    },
  ],
});

/**
 * Reviewed: every recorded exchange to which Amazon's ECR, and so the sandbox,
 * responds differently than moto. The recordings' NOTES.md gives the reasons.
 */
export const DIFFERENCES: Record<string, Difference> = {
  '04-create-kms': {
    reason: 'without a key it is the one that AWS manages; moto makes one up',
    body: withKey,
  },
  '06-create-kms-dsse': {
    reason: 'the key is shown as for KMS',
    body: withKey,
  },
  '07-create-immutable-exclusion': invalid(NO_FILTERS),
  '08-create-mutable-exclusion': invalid(NO_FILTERS),
  '10-create-bad-encryption': invalid('moto does not check encryptionType'),
  '11-create-registry-id': {
    refusedAs: 'AccessDeniedException',
    reason: "another account's registry is not ours to create in",
  },
  '13-create-name-short': invalid('names have 2 to 256 characters'),
  '19-create-name-long': invalid('names have 2 to 256 characters'),
  '26-create-no-name': invalid('moto fails'),
  '30-describe-page1': paged('repositories', 3),
  '31-describe-page2': invalid('the token is made up'),
  '32-describe-max-0': invalid('maxResults is 1 to 1000'),
  '33-describe-max-1001': invalid('maxResults is 1 to 1000'),
  '34-describe-bad-token': invalid('the token is made up'),
  '35-describe-wrong-registry': {
    refusedAs: 'AccessDeniedException',
    reason: "another account's registry",
  },
  '46-put-digest-check': {
    refusedAs: 'ImageDigestDoesNotMatchException',
    reason: 'moto believes any imageDigest',
  },
  '47-put-not-json': invalid('moto fails'),
  '48-put-missing-repo': {
    refusedAs: 'RepositoryNotFoundException',
    reason: 'moto fails',
  },
  '50-put-immutable-again': {
    refusedAs: 'ImageTagAlreadyExistsException',
    reason: 'ImageAlreadyExistsException is only for the same manifest',
  },
  '51-put-immutable-same': {
    refusedAs: 'ImageTagAlreadyExistsException',
    reason:
      'the manifest is that of the refused push before, not the one in the repository',
  },
  '56-images-page1': paged('imageDetails', 2),
  '57-images-page2': invalid('the token is made up'),
  '70-images-ids-and-max': invalid('imageIds and maxResults exclude another'),
  '80-batch-get-no-ids': invalid('moto fails'),
  '81-batch-get-accepted': {
    reason: 'moto ignores acceptedMediaTypes',
    body: () => ({
      images: [],
      failures: [
        {
          imageId: { imageTag: '1.4.0' },
          failureCode: 'ImageNotFound',
          failureReason: expect.any(String),
        },
      ],
    }),
  },
  '96-mutability-put-exclusion': invalid(NO_FILTERS),
  '115-token': { reason: 'the endpoint is our own', body: withEndpoint },
  '116-token-registry-ids': {
    reason: 'registryIds is deprecated: one token serves all',
    body: withEndpoint,
  },
  '123-batch-delete-child': {
    reason: "an index's image is not deleted",
    body: () =>
      idFailure({ imageDigest: CHILD }, 'ImageReferencedByManifestList'),
  },
  '124-batch-delete-untagged': {
    reason: 'moto deletes it but does not say so',
    body: recorded => ({
      ...recorded,
      imageIds: [
        {
          imageDigest:
            'sha256:8b5e6af7c4721df5a7afcc4dc7add0f0b705d819f8ff9416c6bad8aa3b096b9b',
        },
      ],
    }),
  },
  '126-batch-delete-mismatch': {
    reason: 'the tag exists, with another digest',
    body: () =>
      idFailure(
        { imageDigest: `sha256:${'e'.repeat(64)}`, imageTag: 'latest' },
        'ImageTagDoesNotMatchDigest',
      ),
  },
  '127-batch-delete-none': invalid('moto fails'),
  '128-images-after-delete': {
    reason: 'the child of an index is still there',
    body: recorded => ({
      ...recorded,
      imageDetails: [
        ...list(recorded, 'imageDetails'),
        {
          registryId: '123456789012',
          repositoryName: 'shop/api',
          imageDigest: CHILD,
          imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
        },
      ],
    }),
  },
  '138-other-getdownloadurlforlayer': {
    refusedAs: 'LayersNotFoundException',
    reason: 'moto fails at it',
  },
  '149-other-nosuchoperation': {
    refusedAs: 'UnknownOperationException',
    reason: 'moto answers an HTML page',
  },
};

/**
 * Repositories that moto created, and the sandbox refuses, so they appear in no
 * list.
 */
export const NEVER_CREATED = (name: unknown) =>
  [
    'shop/bad2',
    'shop/otherreg',
    'shop/excl',
    'shop/mexcl',
    'a',
    'a'.repeat(257),
  ].includes(String(name));

/**
 * The image of `46-put-digest-check`. It is refused, so it appears in no list.
 */
export const NEVER_PUSHED = `sha256:${'0'.repeat(64)}`;

/** The objects of a list in a body. */
export function list(body: Body, key: string): Body[] {
  const value = body[key];
  return Array.isArray(value) ? value : [];
}

function withKey(recorded: Body): Body {
  return { repository: withManagedKey(Object(recorded.repository)) };
}

/** A repository with any KMS key, unless it is encrypted with AES256. */
export function withManagedKey(repository: Body): Body {
  const encryption: Body = Object(repository.encryptionConfiguration);
  return {
    ...repository,
    encryptionConfiguration: {
      ...encryption,
      kmsKey:
        encryption.encryptionType === 'AES256'
          ? undefined
          : expect.stringMatching(
              /^arn:aws:kms:eu-west-1:123456789012:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
            ),
    },
  };
}

function withEndpoint(): Body {
  return {
    authorizationData: [
      {
        authorizationToken: expect.stringMatching(/^QVdTO/),
        expiresAt: expect.any(Number),
        proxyEndpoint: expect.stringMatching(
          /^http:\/\/123456789012\.dkr\.ecr\.eu-west-1\.amazonaws\.com$/,
        ),
      },
    ],
  };
}
