import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';

/** What a tool answered. @internal */
export interface ToolAnswer {
  isError: boolean;
  /** The text that a model reads. */
  text: string;
  /** Absent for an error. */
  structured?: Record<string, unknown>;
}

/**
 * An MCP client of a user, of the portal's own endpoint, over HTTP.
 *
 * @internal
 */
export class McpClient {
  static async connect(
    server: Pick<TestBackend['server'], 'port'>,
    user: string,
  ): Promise<McpClient> {
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(
        new URL(`http://127.0.0.1:${server.port()}/api/mcp-actions/v1`),
        {
          requestInit: {
            headers: { Authorization: mockCredentials.user.header(user) },
          },
        },
      ),
    );
    return new McpClient(client);
  }

  private constructor(private readonly client: Client) {}

  async tools() {
    const { tools } = await this.client.listTools();
    return tools;
  }

  async call(name: string, args: Record<string, unknown>): Promise<ToolAnswer> {
    const {
      isError = false,
      content,
      structuredContent,
    } = CallToolResultSchema.parse(
      await this.client.callTool({ name, arguments: args }),
    );
    return {
      isError,
      text: content
        .flatMap(part => (part.type === 'text' ? [part.text] : []))
        .join('\n'),
      ...(structuredContent && { structured: structuredContent }),
    };
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}
