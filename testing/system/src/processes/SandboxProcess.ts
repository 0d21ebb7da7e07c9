import { CREDENTIALS } from '@landfall/sandbox';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { z } from 'zod';
import { ChildProcess } from './ChildProcess';

const readySchema = z.object({
  type: z.literal('ready'),
  urls: z.object({
    git: z.string(),
    ecr: z.string(),
    argocd: z.string(),
    'image-updater': z.string(),
  }),
});

/**
 * Sandbox settings for system tests. The sandbox's own defaults are meant for
 * people who watch it.
 */
export interface SandboxOptions {
  /** The folder for its state and log. */
  folder: string;
  /** The program to start in place of the sandbox's own command line. */
  script?: string;
  /** The URL that receives ECR's events. */
  eventsUrl?: string;
  /** How often Argo CD polls Git, in seconds; default 1. */
  pollSeconds?: number;
  /** How long a pod takes to become ready, in seconds; default 0.5. */
  rolloutSeconds?: number;
  /**
   * When a rollout that doesn't become ready is Degraded, in seconds; default
   * 3.
   */
  progressDeadlineSeconds?: number;
  /** The Image Updater's cycle, in seconds; default 1. */
  updaterSeconds?: number;
  /** The password of the account `backstage`, which has none by default. */
  accountPassword?: string;
  /**
   * Argo CD's RBAC policy, in its own format; by default that of the
   * demonstration.
   */
  policy?: string;
  /** The Git host's organizations; by default those of the demonstration. */
  organizations?: string[];
}

/** A complete sandbox in its own process, on its own ports. */
export class SandboxProcess {
  static async start(options: SandboxOptions): Promise<SandboxProcess> {
    const { folder, eventsUrl } = options;
    mkdirSync(folder, { recursive: true });
    const config = join(folder, 'sandbox.yaml');
    const { admin, backstage, imageUpdater } = CREDENTIALS.argocd;
    writeFileSync(
      config,
      stringify({
        ecr: {
          ...(eventsUrl && {
            events: {
              url: eventsUrl,
              headers: { 'x-landfall-token': CREDENTIALS.events.token },
            },
          }),
        },
        ...(options.organizations && {
          git: { organizations: options.organizations },
        }),
        argocd: {
          ...(options.policy && { policy: options.policy }),
          pollSeconds: options.pollSeconds ?? 1,
          rolloutSeconds: options.rolloutSeconds ?? 0.5,
          progressDeadlineSeconds: options.progressDeadlineSeconds ?? 3,
          accounts: [
            { name: 'admin', password: admin.password, tokens: [admin.token] },
            {
              name: 'backstage',
              tokens: [backstage.token],
              ...(options.accountPassword && {
                password: options.accountPassword,
              }),
            },
            { name: 'image-updater', tokens: [imageUpdater.token] },
          ],
        },
        imageUpdater: { intervalSeconds: options.updaterSeconds ?? 1 },
      }),
    );
    const child = ChildProcess.start({
      name: 'The sandbox',
      script: options.script ?? 'packages/sandbox/src/cli/index.ts',
      args: ['start', '--state-dir', join(folder, 'state'), '--config', config],
      env: {
        SANDBOX_GIT_PORT: '0',
        SANDBOX_ECR_PORT: '0',
        SANDBOX_ARGOCD_PORT: '0',
        SANDBOX_IMAGE_UPDATER_PORT: '0',
      },
      logFile: join(folder, 'sandbox.log'),
    });
    const urls = await child.message(message => {
      const ready = readySchema.safeParse(message);
      return ready.success ? ready.data.urls : undefined;
    });
    return new SandboxProcess(child, urls);
  }

  private constructor(
    readonly child: ChildProcess,
    readonly urls: z.infer<typeof readySchema>['urls'],
  ) {}

  /** The registry's host as in image references. */
  get registryHost(): string {
    return new URL(this.urls.ecr).host;
  }

  async stop(): Promise<void> {
    await this.child.stop();
  }
}
