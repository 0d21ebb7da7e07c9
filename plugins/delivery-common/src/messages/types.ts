import type { englishMessages } from './english';

/** All messages in English, by part and code. @public */
export type MessageCatalogue = typeof englishMessages;

/** The parts of the catalogue. @public */
export type MessageTopic = keyof MessageCatalogue;

/** The names of the parameters, which a template has as `{{name}}`. @public */
export type MessagePlaceholders<Template> =
  Template extends `${string}{{${infer Name}}}${infer Rest}`
    ? Name | MessagePlaceholders<Rest>
    : never;

/**
 * The value of a parameter: text that is shown as it is (a version, a name, the
 * message of another system), or other messages, which are translated too.
 *
 * @public
 */
export type MessageParameter = string | readonly Message[] | Message;

/** A value for each parameter of a template. @public */
export type MessageParameters<Template> = {
  [Name in MessagePlaceholders<Template>]: MessageParameter;
};

/**
 * A code of one part of the catalogue with the parameters of its template.
 *
 * @public
 */
export type MessageOf<Topic extends MessageTopic> = {
  [Code in keyof MessageCatalogue[Topic] & string]: {
    code: `${Topic}.${Code}`;
    parameters: MessageParameters<MessageCatalogue[Topic][Code]>;
  };
}[keyof MessageCatalogue[Topic] & string];

/**
 * A sentence as data: its place in the catalogue, and the parameters of the
 * template there.
 *
 * @public
 */
export type Message = {
  [Topic in MessageTopic]: MessageOf<Topic>;
}[MessageTopic];

/** @public */
export type MessageCode = Message['code'];

/**
 * A message that may come from another release, with codes and parameters that
 * this one doesn't know.
 *
 * @public
 */
export interface AnyMessage {
  code: string;
  parameters: Readonly<
    Record<string, string | AnyMessage | readonly AnyMessage[]>
  >;
  /** The sentence in English, from the release that sent it. */
  message?: string;
}

/**
 * Something as the API sends it: with its sentence in English.
 *
 * @public
 */
export type Described<T> = T & { message: string };
