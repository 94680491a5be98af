/** The request names something that does not exist; answered with 404. */
export class NotHere extends Error {}
