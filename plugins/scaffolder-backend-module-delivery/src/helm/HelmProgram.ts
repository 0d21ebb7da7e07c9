import { InputError, isError } from '@backstage/errors';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const TIMEOUT_MS = 60_000;
const MAX_BYTES = 16 * 1024 ** 2;

/** What is rendered. */
interface RenderRequest {
  /** The folder of the chart. */
  folder: string;
  releaseName: string;
  namespace: string;
  /** Paths within the folder, the last one wins. */
  valueFiles: readonly string[];
  signal?: AbortSignal;
}

/** The program `helm`, if the host of the backend has it. */
export class HelmProgram {
  /** @param program - its name or path */
  constructor(private readonly program = 'helm') {}

  /**
   * Renders a chart without a cluster.
   *
   * @returns the manifests; undefined if there is no such program
   * @throws InputError with Helm's own words if it refuses the chart or the values
   */
  async template(request: RenderRequest): Promise<string | undefined> {
    const { folder, releaseName, namespace, valueFiles, signal } = request;
    // Settings, plugins and registry credentials of the host play no part.
    const home = await mkdtemp(join(tmpdir(), 'helm-'));
    try {
      const { stdout } = await execute(
        this.program,
        [
          'template',
          releaseName,
          '.',
          '--namespace',
          namespace,
          ...valueFiles.flatMap(file => ['--values', file]),
        ],
        {
          cwd: folder,
          signal,
          timeout: TIMEOUT_MS,
          maxBuffer: MAX_BYTES,
          env: {
            PATH: process.env.PATH,
            HOME: home,
            HELM_CONFIG_HOME: home,
            HELM_CACHE_HOME: home,
            HELM_DATA_HOME: home,
          },
        },
      );
      return stdout;
    } catch (error) {
      if (isError(error) && error.code === 'ENOENT') {
        return undefined;
      }
      if (isError(error) && typeof error.stderr === 'string' && error.stderr) {
        throw new InputError(`Helm refuses the chart: ${error.stderr.trim()}`);
      }
      throw error;
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  }
}
