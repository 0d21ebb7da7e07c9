import { z } from 'zod';
import type { SandboxConfig } from '../config';
import { Failure } from './Failure';
import { request } from './request';

const listSchema = z.object({
  items: z
    .array(
      z.object({
        metadata: z.object({ name: z.string() }),
        spec: z.object({
          destination: z
            .object({ namespace: z.string().optional() })
            .optional(),
        }),
        status: z
          .object({
            sync: z.object({ status: z.string().optional() }).optional(),
            health: z.object({ status: z.string().optional() }).optional(),
            summary: z
              .object({ images: z.array(z.string()).nullish() })
              .optional(),
          })
          .optional(),
      }),
    )
    .nullish(),
});

/** An application as `list` shows it. */
export interface ApplicationSummary {
  name: string;
  /** Tags of the images its pods run. */
  versions: string[];
  sync: string;
  health: string;
  destination: string;
}

/** The URL of Argo CD. */
export function argocdUrl({ argocd, host }: SandboxConfig): string {
  return argocd.publicUrl ?? `http://${host}:${argocd.port}`;
}

/** Reads the applications from Argo CD's own API. */
export async function listApplications(
  config: SandboxConfig,
): Promise<ApplicationSummary[]> {
  const url = argocdUrl(config);
  const account = config.argocd.accounts.find(
    ({ tokens }) => tokens.length > 0,
  );
  const response = await request('Argo CD', `${url}/api/v1/applications`, {
    headers: { authorization: `Bearer ${account?.tokens[0] ?? ''}` },
  });
  if (!response.ok) {
    throw new Failure(
      `Argo CD at ${url} answered ${response.status}: ${await response.text()}`,
    );
  }
  const { items } = listSchema.parse(await response.json());
  return (items ?? [])
    .map(({ metadata, spec, status }) => ({
      name: metadata.name,
      versions: (status?.summary?.images ?? []).map(versionOf),
      sync: status?.sync?.status ?? 'Unknown',
      health: status?.health?.status ?? 'Unknown',
      destination: spec.destination?.namespace ?? '',
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function versionOf(image: string): string {
  const name = image.split('@')[0];
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(colon + 1) : image;
}
