import type { JsonObject } from '../json.ts';

/** A `wa.me/message/…` link with its code. */
export interface MessageLink {
	/** 14 characters. */
	code: string;
	prefilledMessage: string;
	/** SVG or PNG; null if no picture was asked for. */
	imageFormat: string | null;
	/** Seconds since 1970. */
	createdAt: number;
}

/** A call that was completed, for the analytics. */
export interface CompletedCall {
	direction: 'BUSINESS_INITIATED' | 'USER_INITIATED';
	/** Digits. */
	customer: string;
	/** Seconds since 1970. */
	startedAt: number;
	durationSeconds: number;
	/** In the account's currency. */
	cost: number;
}

/** Where a number stands at Meta, and what belongs to it alone. */
export interface NumberRecord {
	isRegistered: boolean;
	/** Two-step verification; null if none is set. */
	pin: string | null;
	/** Wrong PINs since the last right one. */
	wrongPins: number;
	isVerified: boolean;
	/** The code that was sent last; null once it was used. */
	verificationCode: { code: string; expiresAtMs: number } | null;
	/** When the number was registered and deregistered, in milliseconds. */
	registrationsMs: number[];
	/** APPROVED, PENDING_REVIEW, DECLINED, NON_EXISTS … */
	nameStatus: string;
	newDisplayName: string | null;
	newNameStatus: string;
	/** VISIBLE or HIDDEN. */
	searchVisibility: string;
	/** STANDARD, HIGH or NOT_APPLICABLE. */
	throughput: string;
	/** TIER_250, TIER_2K … */
	messagingLimit: string;
	/** AVAILABLE, LIMITED or BLOCKED, with the reasons that Meta gives. */
	health: { canSend: string; errors: JsonObject[]; additionalInfo: string[] };
	prompts: string[];
	commands: { command_name: string; command_description: string }[];
	links: MessageLink[];
	/** Set by tests: no call is made here. */
	calls: CompletedCall[];
	/** `approved` or `reserved`. */
	usernameStatus: string;
	commerce: { is_cart_enabled: boolean; is_catalog_visible: boolean };
}

/** A number that is verified, registered and in good health. */
export const newNumberRecord = (): NumberRecord => ({
	isRegistered: true,
	pin: null,
	wrongPins: 0,
	isVerified: true,
	verificationCode: null,
	registrationsMs: [],
	nameStatus: 'APPROVED',
	newDisplayName: null,
	newNameStatus: 'NONE',
	searchVisibility: 'VISIBLE',
	throughput: 'STANDARD',
	messagingLimit: 'TIER_2K',
	health: { canSend: 'AVAILABLE', errors: [], additionalInfo: [] },
	prompts: [],
	commands: [],
	links: [],
	calls: [],
	usernameStatus: 'approved',
	commerce: { is_cart_enabled: true, is_catalog_visible: false },
});

/** What becomes of it when it is added to an account: nothing is confirmed yet. */
export const addedNumberRecord = (): NumberRecord => ({
	...newNumberRecord(),
	isRegistered: false,
	isVerified: false,
	nameStatus: 'PENDING_REVIEW',
	messagingLimit: 'TIER_250',
});
