/** Takes what the updater would write into its log as a warning. */
export type Warn = (message: string) => void;
