import { readRecordingJson, recordedFiles } from '@landfall/testing-kit';
import { z } from 'zod';

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

/** One exchange with a real Argo CD. Streams have lines instead of a body. */
export type Recording = z.infer<typeof exchangeSchema> & { file: string };

export function argoCdRecording(file: string): Recording {
  return {
    ...exchangeSchema.parse(readRecordingJson(`argocd/${file}`)),
    file,
  };
}

export function argoCdRecordings(): Recording[] {
  return recordedFiles('argocd').map(argoCdRecording);
}

/** The text of a recorded body, as it was sent. */
export function bodyText(recording: Recording): string {
  const body = recording.response?.body;
  if (recording.lines) {
    return recording.lines.map(({ line }) => `${line}\n`).join('');
  }
  return typeof body === 'string' ? body : JSON.stringify(body ?? null);
}
