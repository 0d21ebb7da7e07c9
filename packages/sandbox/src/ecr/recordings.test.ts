import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseManifest } from './model/manifest';
import {
  type Body,
  DIFFERENCES,
  type Difference,
  list,
  NEVER_CREATED,
  NEVER_PUSHED,
  withManagedKey,
} from './__testUtils__/differences';
import { type Exchange, recordedExchanges } from './__testUtils__/recordings';
import {
  ACCESS_KEY_ID,
  type TestRegistry,
  TestRegistries,
  until,
} from './__testUtils__/registry';

/**
 * Replays the recorded exchanges in their original order, since they depend on
 * each other, and compares each response with the recorded one.
 * `differences.ts` lists where moto responds differently than Amazon's ECR.
 */
describe('the recorded exchanges with ECR', () => {
  const exchanges = recordedExchanges();
  const registries = new TestRegistries();
  const stateDir = registries.folder();
  let registry: TestRegistry;

  /**
   * Maps recorded digests to ours, since moto's are not the manifests' SHA-256.
   */
  const ours = new Map<string, string>();
  /**
   * Size and type of images by recorded digest. moto reports neither the way
   * ECR does.
   */
  const pushed = new Map<string, { size: number; artifact?: string }>();
  const scanned = new Set<unknown>();

  beforeAll(async () => {
    registry = await registries.start({ stateDir });
  });

  afterAll(() => registries.cleanUp());

  test('are all there', () => {
    expect(exchanges.length).toBeGreaterThan(110);
    const files = exchanges.map(({ file }) => file);
    expect(files).toEqual(expect.arrayContaining(Object.keys(DIFFERENCES)));
  });

  test.each(exchanges.map(exchange => [exchange.file, exchange] as const))(
    '%s',
    async (_file, exchange) => {
      await prepare(exchange);
      const answer = await send(exchange);
      const difference: Difference | undefined = DIFFERENCES[exchange.file];
      expect(
        difference && 'page' in difference ? counted(answer) : answer,
      ).toEqual(expected(exchange, difference));
    },
  );

  /** Unrecorded steps between the recorded exchanges. */
  async function prepare({ file, request }: Exchange): Promise<void> {
    if (file === '27-describe-all') {
      for (const n of [0, 1, 2, 3, 4]) {
        await registry.client.call('CreateRepository', {
          repositoryName: `page/r${n}`,
        });
      }
    }
    if (request.target.endsWith('.PutImage')) {
      addLayers(request.body);
    }
    if (file === '104-scan-start') {
      await setVulnerabilities();
    }
    if (file === '107-findings') {
      // moto's scans are complete on the next read. Ours take some time.
      await until(async () => {
        const answer = await registry.client.call(
          'DescribeImageScanFindings',
          request.body,
        );
        return Object(answer).imageScanStatus.status === 'COMPLETE';
      });
    }
  }

  /**
   * Adds the layers of a recorded manifest, with other content, since theirs
   * was not recorded.
   */
  function addLayers(input: Body): void {
    const text = String(input.imageManifest);
    if (!text.startsWith('{')) {
      return;
    }
    const name = String(input.repositoryName);
    const folder = createHash('sha256').update(name).digest('hex');
    for (const digest of parseManifest(text).blobs) {
      const path = join(
        stateDir,
        'repositories',
        folder,
        'blobs/sha256',
        digest.replace('sha256:', ''),
      );
      if (name !== 'no/such') {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, 'not recorded');
      }
    }
  }

  async function setVulnerabilities(): Promise<void> {
    const recorded = exchanges.find(({ file }) => file === '107-findings');
    const { findings } = Object(recorded?.response.body).imageScanFindings;
    const response = await fetch(`${registry.url}/_sandbox/vulnerabilities`, {
      method: 'PUT',
      body: JSON.stringify({ repository: 'shop/api', findings }),
    });
    expect(response.status).toBe(204);
  }

  async function send({ request }: Exchange) {
    let text = JSON.stringify(request.body);
    ours.forEach((own, recorded) => {
      text = text.replaceAll(recorded, own);
    });
    const response = await fetch(registry.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': request.target,
        ...authorization(),
      },
      body: text,
    });
    let answer = await response.text();
    const body = JSON.parse(answer);
    learnDigest(request.body, body);
    ours.forEach((own, recorded) => {
      answer = answer.replaceAll(own, recorded);
    });
    answer = answer.replaceAll(
      new URL(registry.url).host,
      '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    );
    return { status: response.status, body: ordered(JSON.parse(answer)) };
  }

  function learnDigest(input: Body, answer: Body): void {
    const own = Object(answer.image).imageId?.imageDigest;
    const recorded = exchanges.find(({ request }) => request.body === input);
    const digest = Object(Object(recorded?.response.body).image).imageId
      ?.imageDigest;
    if (typeof own === 'string' && typeof digest === 'string') {
      ours.set(digest, own);
      const manifest = parseManifest(String(input.imageManifest));
      pushed.set(digest, {
        size: Math.max(
          manifest.sizeInBytes,
          ...manifest.children.map(child => pushed.get(child)?.size ?? 0),
        ),
        artifact: manifest.artifactMediaType,
      });
    }
  }

  function expected({ request, response }: Exchange, difference?: Difference) {
    if (difference && 'page' in difference) {
      const { list: key, size } = difference.page;
      return {
        status: 200,
        body: { [key]: size, nextToken: expect.any(String) },
      };
    }
    if (difference && 'refusedAs' in difference) {
      return {
        status: 400,
        body: { __type: difference.refusedAs, message: expect.any(String) },
      };
    }
    const recorded: Body = Object(structuredClone(response.body));
    if (response.status === 400) {
      return {
        status: 400,
        body: { __type: recorded.__type, message: expect.any(String) },
      };
    }
    note(request.target, recorded);
    const wanted = difference ? difference.body(recorded) : recorded;
    return { status: 200, body: ordered(adapted(wanted)) };
  }

  function note(target: string, recorded: Body): void {
    if (target.endsWith('.StartImageScan')) {
      scanned.add(Object(recorded.imageId).imageDigest);
    }
  }

  /**
   * Applies the differences between ECR and moto that affect all responses of a
   * kind.
   */
  function adapted(body: Body): Body {
    if (Array.isArray(body.repositories)) {
      body.repositories = list(body, 'repositories')
        .filter(({ repositoryName }) => !NEVER_CREATED(repositoryName))
        .map(withManagedKey);
    }
    if (Array.isArray(body.imageIds)) {
      body.imageIds = list(body, 'imageIds').filter(
        id => id.imageDigest !== NEVER_PUSHED,
      );
    }
    if (Array.isArray(body.imageDetails)) {
      body.imageDetails = list(body, 'imageDetails')
        .filter(image => image.imageDigest !== NEVER_PUSHED)
        .map(adaptedImage);
    }
    return body;
  }

  function adaptedImage(image: Body): Body {
    const { size, artifact } = pushed.get(String(image.imageDigest)) ?? {};
    return {
      ...image,
      imageSizeInBytes: size,
      imagePushedAt: expect.any(Number),
      artifactMediaType: artifact,
      ...(scanned.has(image.imageDigest) && {
        imageScanStatus: { status: 'COMPLETE' },
        imageScanFindingsSummary: {
          imageScanCompletedAt: 'a time',
          vulnerabilitySourceUpdatedAt: 'a time',
          findingSeverityCounts: { HIGH: 1 },
        },
      }),
    };
  }
});

/** A response with each list replaced by its length. */
function counted({ status, body }: { status: number; body: unknown }) {
  const entries = Object.entries(Object(body)).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.length : value,
  ]);
  return { status, body: Object.fromEntries(entries) };
}

const TIMES = new Set([
  'createdAt',
  'imageScanCompletedAt',
  'vulnerabilitySourceUpdatedAt',
  'lastEvaluatedAt',
]);

/**
 * Sorts lists, since their order is not guaranteed, and replaces times by a
 * fixed text.
 */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(ordered).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
  // Jest's matchers are kept unchanged.
  if (
    value === null ||
    typeof value !== 'object' ||
    'asymmetricMatch' in value
  ) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      TIMES.has(key) && typeof entry === 'number' ? 'a time' : ordered(entry),
    ]),
  );
}

function keyOf(item: unknown): string {
  const object = Object(item);
  return JSON.stringify([
    object.repositoryName,
    object.imageDigest ?? object.imageId,
    object.imageTag,
    object.key ?? object.Key ?? object.name,
  ]);
}

function authorization() {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  return {
    'x-amz-date': date,
    authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/${date.slice(
      0,
      8,
    )}/eu-west-1/ecr/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(
      64,
    )}`,
  };
}
