/** Keeps what somebody else wrote short enough for a message. @internal */
export function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
