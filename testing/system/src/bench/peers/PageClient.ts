/**
 * Reads JSON as one view of a page does, and adds up what it gets. A view uses one
 * client.
 */
export class PageClient {
  /** The sum of all answers, uncompressed. */
  bytes = 0;

  constructor(
    private readonly baseUrl: string,
    private readonly token: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Parses nothing that arrives with an error's status, but throws. */
  async get(path: string): Promise<unknown> {
    const url = `${this.baseUrl}${path}`;
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${this.token}` },
      signal: this.signal,
    });
    const body = Buffer.from(await response.arrayBuffer());
    this.bytes += body.byteLength;
    if (!response.ok) {
      throw new Error(`${url} was answered by ${response.status}: ${body}`);
    }
    return JSON.parse(body.toString());
  }
}
