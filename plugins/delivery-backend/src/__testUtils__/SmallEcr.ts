import express from 'express';
import { serve, type TestServer } from './http';

const ACCOUNT = '123456789012';
const ARN = `arn:aws:ecr:eu-west-1:${ACCOUNT}:repository/`;

/**
 * DescribeImages, DescribeRepositories and ListTagsForResource of ECR over real
 * HTTP, in AWS JSON 1.1.
 *
 * @internal
 */
export class SmallEcr {
  static async start(): Promise<SmallEcr> {
    const ecr = new SmallEcr();
    await ecr.listen();
    return ecr;
  }

  reads = 0;
  private readonly images = new Map<
    string,
    { imageDigest: string; imageTags: string[]; imagePushedAt: number }[]
  >();
  private readonly tags = new Map<string, Record<string, string>>();
  private server?: TestServer;

  private constructor() {}

  get url(): string {
    return this.server?.url ?? '';
  }

  push(repository: string, digest: string, tag: string, at: string): void {
    this.images.set(repository, [
      ...(this.images.get(repository) ?? []),
      {
        imageDigest: digest,
        imageTags: [tag],
        imagePushedAt: Date.parse(at) / 1000,
      },
    ]);
  }

  /** A repository without images, if it has none yet. */
  create(repository: string, tags: Record<string, string> = {}): void {
    this.images.set(repository, this.images.get(repository) ?? []);
    this.tags.set(repository, tags);
  }

  async stop(): Promise<void> {
    await this.server?.close();
  }

  private async listen(): Promise<void> {
    this.server = await serve(app => {
      app.use(express.json({ type: '*/*' }));
      app.post('/', (req, res) => {
        res.type('application/x-amz-json-1.1');
        const operation = String(req.headers['x-amz-target']).split('.')[1];
        if (operation === 'DescribeRepositories') {
          const repositories = [...this.images.keys()].map(repositoryName => ({
            registryId: ACCOUNT,
            repositoryArn: `${ARN}${repositoryName}`,
            repositoryName,
          }));
          res.send(JSON.stringify({ repositories }));
          return;
        }
        if (operation === 'ListTagsForResource') {
          const name = String(req.body.resourceArn).slice(ARN.length);
          const tags = Object.entries(this.tags.get(name) ?? {}).map(
            ([Key, Value]) => ({ Key, Value }),
          );
          res.send(JSON.stringify({ tags }));
          return;
        }
        const { repositoryName } = req.body;
        const imageDetails = this.images.get(repositoryName);
        if (operation === 'DescribeImages') {
          this.reads += 1;
        }
        if (imageDetails) {
          res.send(JSON.stringify({ imageDetails }));
        } else {
          res.status(400).send(
            JSON.stringify({
              __type: 'RepositoryNotFoundException',
              message: `The repository with name '${repositoryName}' does not exist`,
            }),
          );
        }
      });
    });
  }
}
