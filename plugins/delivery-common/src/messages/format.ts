import { englishMessages } from './english';
import type { AnyMessage, Described, MessageTopic } from './types';

/** Separates the messages of one parameter. */
const SEPARATOR = '; ';

const TEMPLATES: ReadonlyMap<string, string> = new Map(
  Object.entries(englishMessages).flatMap(([topic, templates]) =>
    Object.entries(templates).map(([code, template]): [string, string] => [
      `${topic}.${code}`,
      template,
    ]),
  ),
);

/**
 * Turns a code and the text of its parameters into a sentence; undefined for a
 * code that it doesn't know.
 *
 * @public
 */
export type Translate = (
  code: string,
  parameters: Record<string, string>,
) => string | undefined;

/**
 * Formats a message in English, or in another translation.
 *
 * @public
 */
export function formatMessage(
  message: AnyMessage,
  translate: Translate = inEnglish,
): string {
  const parameters = Object.fromEntries(
    Object.entries(message.parameters).map(([name, value]) => [
      name,
      formatParameter(value, translate),
    ]),
  );
  return translate(message.code, parameters) ?? message.message ?? message.code;
}

/**
 * The message of something whose code is one of a part of the catalogue, such as
 * a problem or a stuck reason.
 *
 * @public
 */
export function inTopic(
  topic: MessageTopic,
  { code, parameters, message }: AnyMessage,
): AnyMessage {
  return {
    code: `${topic}.${code}`,
    parameters,
    ...(message !== undefined && { message }),
  };
}

/**
 * Adds the English sentence, for readers that have no catalogue.
 *
 * @public
 */
export function describeMessage<T extends AnyMessage>(
  message: T,
): Described<T> {
  return { ...message, message: formatMessage(message) };
}

function formatParameter(
  value: AnyMessage['parameters'][string],
  translate: Translate,
): string {
  if (typeof value === 'string') {
    return value;
  }
  return isList(value)
    ? value.map(item => formatMessage(item, translate)).join(SEPARATOR)
    : formatMessage(value, translate);
}

function isList(
  value: AnyMessage | readonly AnyMessage[],
): value is readonly AnyMessage[] {
  return Array.isArray(value);
}

function inEnglish(
  code: string,
  parameters: Record<string, string>,
): string | undefined {
  return TEMPLATES.get(code)?.replace(
    /\{\{(\w+)\}\}/g,
    (_, name) => parameters[name] ?? '',
  );
}

/**
 * Whether the catalogue has a code.
 *
 * @public
 */
export function isMessageCode(code: string): boolean {
  return TEMPLATES.has(code);
}
