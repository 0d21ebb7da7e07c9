import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const ROOT = resolve(
  resolvePackagePath('@landfall/backstage-plugin-delivery-node'),
  '../..',
  '../shared/contracts/recordings',
);

const exchangeSchema = z.object({
  title: z.string(),
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()).nullish(),
    body: z.unknown().optional(),
  }),
  response: z
    .object({
      status: z.number().nullable(),
      headers: z.record(z.string(), z.string().nullable()),
      body: z.unknown().optional(),
    })
    .nullable()
    .optional(),
  ended: z.string().optional(),
  lines: z.array(z.object({ atMs: z.number(), line: z.string() })).optional(),
});

/** One exchange with a real Argo CD; streams have lines instead of a body. */
export type Recording = z.infer<typeof exchangeSchema> & { file: string };

export function recordedFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter(file => file.endsWith('.json'))
    .sort();
}

export function readRecordedJson(folder: string, file: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, folder, file), 'utf8'));
}

export function argoCdRecording(file: string): Recording {
  return {
    ...exchangeSchema.parse(readRecordedJson('argocd', file)),
    file,
  };
}

export function argoCdRecordings(): Recording[] {
  return recordedFiles('argocd').map(argoCdRecording);
}

/** The text of a recorded body, as it came over the wire. */
export function bodyText(recording: Recording): string {
  const body = recording.response?.body;
  if (recording.lines) {
    return recording.lines.map(({ line }) => `${line}\n`).join('');
  }
  return typeof body === 'string' ? body : JSON.stringify(body ?? null);
}
