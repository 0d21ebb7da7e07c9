import { mockCredentials } from '@backstage/backend-test-utils';
import type {
  TemplateAction,
  TemplateExample,
} from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { validate } from 'jsonschema';
import yaml from 'yaml';
import { FakeTaskState } from './taskState';

/**
 * For tests: runs the steps of an example that use an action, as the scaffolder
 * does. Expressions are replaced, and the input is validated by the action's
 * schema.
 *
 * @returns the outputs of each step
 */
export async function runExample<
  Input extends JsonObject,
  Output extends JsonObject,
>(
  action: TemplateAction<Input, Output>,
  { example }: TemplateExample,
  options: {
    /** The value of each expression. */
    values?: Record<string, JsonValue>;
    workspacePath?: string;
  } = {},
): Promise<Record<string, unknown>[]> {
  const { values = {}, workspacePath } = options;
  const { steps } = yaml.parse(example, (_, value) =>
    typeof value === 'string' ? values[value] ?? value : value,
  );
  const outputs = [];
  for (const { input, action: id } of steps) {
    if (id !== action.id) {
      continue;
    }
    const { errors } = validate(input, action.schema?.input ?? false);
    expect(errors.map(String)).toEqual([]);
    const ctx = {
      ...createMockActionContext<Input, Output>({
        input,
        ...(workspacePath && { workspacePath }),
      }),
      getInitiatorCredentials: async () => mockCredentials.user(),
      checkpoint: new FakeTaskState().checkpoint,
    };
    await action.handler(ctx);
    outputs.push(Object.fromEntries(jest.mocked(ctx.output).mock.calls));
  }
  return outputs;
}
