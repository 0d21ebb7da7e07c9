/**
 * The requests that the frontend makes for an entity's page, relative to the
 * entity's path in the delivery API. They have to follow the frontend.
 */
export const PAGE_REQUESTS = ['overview'];
