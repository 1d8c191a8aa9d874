/** Request header of GET /api/v1/invite. Apart from the schemas, which the dashboard does without. */
export const INVITE_HEADER = 'foyer-invite';
