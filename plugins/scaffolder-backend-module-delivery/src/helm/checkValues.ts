import { InputError } from '@backstage/errors';
import { SchemaError, Validator } from 'jsonschema';
import type { LoadedChart } from './loadChart';

const MAX_SHOWN = 10;

/**
 * What the chart's schema finds in its values, one sentence each. Values may be
 * secret, so they are not shown.
 *
 * @throws InputError if the schema itself is wrong
 */
export function checkValues({ values, schema }: LoadedChart): string[] {
  if (!schema) {
    return [];
  }
  try {
    const { errors } = new Validator().validate(values, schema);
    const sentences = errors.map(({ path, message }) =>
      [path.join('.') || 'The map of values', message].join(' '),
    );
    const rest = sentences.length - MAX_SHOWN;
    return rest > 0
      ? [...sentences.slice(0, MAX_SHOWN), `and ${rest} more`]
      : sentences;
  } catch (error) {
    if (error instanceof SchemaError) {
      throw new InputError('values.schema.json is no valid JSON schema', error);
    }
    throw error;
  }
}
