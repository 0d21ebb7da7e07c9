import express from 'express';
import { serve, type TestServer } from './http';

/**
 * DescribeImages of ECR over real HTTP, in AWS JSON 1.1.
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

  async stop(): Promise<void> {
    await this.server?.close();
  }

  private async listen(): Promise<void> {
    this.server = await serve(app => {
      app.use(express.json({ type: '*/*' }));
      app.post('/', (req, res) => {
        res.type('application/x-amz-json-1.1');
        const { repositoryName } = req.body;
        const imageDetails = this.images.get(repositoryName);
        this.reads += 1;
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
