import {
  GetAuthorizationTokenCommand,
  type ECRClient,
} from '@aws-sdk/client-ecr';
import type { EcrClients } from '@landfall/backstage-plugin-delivery-node';
import { CREDENTIALS } from '@landfall/sandbox';
import type { Content } from '@landfall/testing-kit';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxProcess } from '../processes';
import { clientsFor } from './clientsFor';
import type { RegistryUnderTest } from './RegistryUnderTest';

/** The sandbox's ECR in its own process. */
export class SandboxRegistry implements RegistryUnderTest {
  static async start(): Promise<SandboxRegistry> {
    const folder = mkdtempSync(join(tmpdir(), 'landfall-registry-'));
    const sandbox = await SandboxProcess.start({ folder });
    return new SandboxRegistry(
      sandbox,
      folder,
      clientsFor(sandbox.urls.ecr, CREDENTIALS.aws),
    );
  }

  readonly accountId = CREDENTIALS.aws.accountId;
  readonly region = CREDENTIALS.aws.region;

  private constructor(
    private readonly sandbox: SandboxProcess,
    private readonly folder: string,
    private readonly access: ReturnType<typeof clientsFor>,
  ) {}

  get clients(): EcrClients {
    return this.access.clients;
  }

  get host(): string {
    return this.sandbox.registryHost;
  }

  /** The URL of both of its APIs. */
  get url(): string {
    return this.sandbox.urls.ecr;
  }

  /** It must behave like Amazon's in everything. */
  differs(): boolean {
    return false;
  }

  async upload(repository: string, contents: Content[]): Promise<void> {
    const { username, password } = await this.login();
    const pair = Buffer.from(`${username}:${password}`).toString('base64');
    const headers = { authorization: `Basic ${pair}` };
    for (const { digest, bytes } of contents) {
      const started = await fetch(
        `${this.url}/v2/${repository}/blobs/uploads/`,
        { method: 'POST', headers },
      );
      const location = new URL(started.headers.get('location') ?? '', this.url);
      location.searchParams.set('digest', digest);
      const { status } = await fetch(location, {
        method: 'PUT',
        headers,
        body: new Uint8Array(bytes),
      });
      if (status !== 201) {
        throw new Error(`The upload was answered by ${status}`);
      }
    }
  }

  /** The credentials that Docker would sign in with. */
  async login(): Promise<{ username: string; password: string }> {
    const client: ECRClient = await this.clients.getClient(this);
    const { authorizationData } = await client.send(
      new GetAuthorizationTokenCommand({}),
    );
    const [username, password] = Buffer.from(
      authorizationData?.[0].authorizationToken ?? '',
      'base64',
    )
      .toString()
      .split(':');
    return { username, password };
  }

  async stop(): Promise<void> {
    await this.access.restore();
    await this.sandbox.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
