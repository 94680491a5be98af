/** Something that the request names does not exist. */
export class NotHere extends Error {}
