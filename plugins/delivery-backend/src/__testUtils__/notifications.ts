import { readRecordingText, recordedFiles } from '@landfall/testing-kit';
import { request } from 'node:http';

/** A request of argocd-notifications, as it came over the wire. @internal */
export interface RecordedNotification {
  method: string;
  headers: Record<string, string>;
  rawBody: string;
}

/** @internal */
export interface NotificationsRecording {
  title: string;
  requests?: RecordedNotification[];
  configMap?: Record<string, string>;
}

/** Replaces the secret in the recordings. */
const PLACEHOLDER = '<portal-token>';

/** Names of all recordings of argocd-notifications. @internal */
export function notificationRecordings(): string[] {
  return recordedFiles('notifications');
}

/** @internal */
export function readNotifications(
  file: string,
  token: string,
): NotificationsRecording {
  const text = readRecordingText(`notifications/${file}`);
  return JSON.parse(text.replaceAll(PLACEHOLDER, token));
}

/**
 * Sends exactly what was recorded (a client library would add a content type and
 * drop the body of a GET).
 *
 * @internal
 */
export async function sendNotification(
  url: string,
  { method, headers, rawBody }: RecordedNotification,
): Promise<{ status: number; body: { error?: { message: string } } }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(chunks).toString('utf8')),
        });
      });
    });
    sent.on('error', reject);
    sent.end(rawBody);
  });
}
