import { newNumericId } from './ids.ts';

/** Somebody who would like to join. */
export interface JoinRequest {
	id: string;
	waId: string;
	/** Seconds since 1970. */
	createdAt: number;
}

export type JoinApprovalMode = 'approval_required' | 'auto_approve';

export interface Group {
	id: string;
	phoneNumberId: string;
	subject: string;
	description: string | null;
	suspended: boolean;
	joinApprovalMode: JoinApprovalMode;
	/** Seconds since 1970. */
	createdAt: number;
	/** What follows `https://chat.whatsapp.com/`; null after the link was deleted. */
	linkId: string | null;
	/** `waId`s. */
	participants: string[];
	/** `waId`s of people whom the business has removed: the link no longer works for them. */
	removed: string[];
	joinRequests: JoinRequest[];
	/** SHA-256 of the picture, hexadecimal; null without one. */
	pictureSha256: string | null;
	/** Message IDs, oldest first. */
	pinned: string[];
}

/** Most people in a group, besides the business. */
export const maxParticipants = 8;

/** An empty group that anyone with the link can join, with the given parts replaced. */
export function newGroup(
	parts: Pick<Group, 'id' | 'phoneNumberId' | 'subject'> & Partial<Group>,
): Group {
	return {
		description: null,
		suspended: false,
		joinApprovalMode: 'auto_approve',
		createdAt: 1_767_225_600,
		linkId: newLinkId(),
		participants: [],
		removed: [],
		joinRequests: [],
		pictureSha256: null,
		pinned: [],
		...parts,
	};
}

/** What follows the address of an invite link: 22 letters and digits. */
export const newLinkId = (): string =>
	BigInt(newNumericId(38)).toString(36).toUpperCase().slice(0, 22);
