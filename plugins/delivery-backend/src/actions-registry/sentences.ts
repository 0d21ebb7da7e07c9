import {
  type ActionRecord,
  type AnyMessage,
  type ApplicationRef,
  type DescribedActionRefusal,
  type DescribedMessage,
  type DescribedStuckReason,
  formatMessage,
  inTopic,
  type InstanceStatus,
  type MessageOf,
  stuckMessage,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * A sentence of the catalogue for a summary.
 *
 * @internal
 */
export function sentence(message: MessageOf<'answer'>): string {
  return formatMessage(message);
}

/**
 * What is said about one application, in one sentence. Statements may have
 * parameters that this release of the catalogue doesn't know the type of.
 *
 * @internal
 */
export function aboutApplication(
  application: ApplicationRef,
  environment: string,
  statements: readonly AnyMessage[],
): string {
  return formatMessage({
    code: 'answer.about',
    parameters: { application: application.name, environment, statements },
  });
}

/** @internal */
export function statement(message: MessageOf<'answer'>): AnyMessage {
  return message;
}

/**
 * What a version waits for, with note and advice.
 *
 * @internal
 */
export function waitingStatement(reason: DescribedStuckReason): AnyMessage {
  const { note, advice } = reason;
  return {
    code: 'answer.waiting',
    parameters: {
      reasons: [
        stuckMessage(reason),
        ...(note ? [note] : []),
        ...(advice ? [advice] : []),
      ],
    },
  };
}

/** @internal */
export function toReason({ code, message }: DescribedMessage) {
  return { code, message };
}

/** @internal */
export function toWaiting(reason: DescribedStuckReason) {
  const { code, message, since, note, advice } = reason;
  return {
    code,
    message,
    ...(since && { since }),
    ...(note && { note: note.message }),
    ...(advice && { advice: advice.message }),
  };
}

/**
 * Which instances can't be reached, so that what is said of them may be old.
 *
 * @internal
 */
export function staleSentences(
  instances: readonly Pick<InstanceStatus, 'name' | 'state'>[],
): string[] {
  return instances
    .filter(({ state }) => state === 'unreachable')
    .map(({ name }) =>
      sentence({ code: 'answer.stale', parameters: { instance: name } }),
    );
}

/** @internal */
export function problemSentence(problem: AnyMessage): string {
  return formatMessage(inTopic('problem', problem));
}

/** That some of a list are left out; nothing if none is. @internal */
export function moreSentences(count: number): string[] {
  return count > 0
    ? [
        sentence({
          code: 'answer.more',
          parameters: { total: String(count) },
        }),
      ]
    : [];
}

/** Text that is shown as it is. @internal */
export function textStatement(text: string): AnyMessage {
  return { code: 'promotion.other', parameters: { text } };
}

/** Why something can't be done, and what to do. @internal */
export function refusalStatement({
  message,
  advice,
}: DescribedActionRefusal): AnyMessage {
  return {
    code: 'answer.refused',
    parameters: {
      reasons: [
        textStatement(message),
        ...(advice ? [textStatement(advice)] : []),
      ],
    },
  };
}

/** What was started, and where it stands. @internal */
export function recordStatement({
  action,
  state,
  message,
}: Pick<ActionRecord, 'action' | 'state' | 'message'>): AnyMessage {
  return {
    code: 'answer.recorded',
    parameters: {
      action,
      results: [
        textStatement(state),
        ...(message ? [textStatement(message)] : []),
      ],
    },
  };
}
