/** The result of a run, as JSON on standard output. */
import type { ResourceMapperField } from 'n8n-workflow';

export interface ErrorReport {
	message: string;
	description: string | null;
	/** Status code as n8n keeps it, as text. */
	httpCode: string | null;
	/** What n8n shows among the details of the error. */
	messages: string[];
	itemIndex: number | null;
}

export interface OutputBinary {
	mimeType: string;
	fileName: string | null;
	/** Bytes. */
	fileSize: number;
	/** File on this machine; the caller removes it. */
	path: string;
	/** Of the content, hexadecimal. */
	sha256: string;
}

export interface OutputItem {
	json: Record<string, unknown>;
	binary?: Record<string, OutputBinary>;
	pairedItem?: unknown;
	error?: { message: string; description: string | null };
}

export interface RunNodeResult {
	/** One list of items per output; the error output comes last, if the node has one. */
	outputs?: OutputItem[][];
	error?: ErrorReport;
	/** Present if the execution was cancelled. */
	cancelled?: true;
	/** ISO time until which the execution waits, if the node suspended it. */
	waitTill?: string;
	/** Hints that the node shows its user beside the output. */
	hints?: string[];
}

/** What a call to a waiting execution led to; outputs only if it went on. */
export interface ResumeResult extends RunNodeResult {
	/** What the node answered; undefined where n8n answers by itself. */
	answer?: unknown;
	/** HTTP status of the answer. */
	status?: number;
}

export interface ReplayResult {
	/** HTTP status of the answer. */
	status?: number;
	/** Parsed if the answer is JSON, otherwise its text. */
	body?: unknown;
	/** Names in lower case. */
	headers?: Record<string, string>;
	/** Items of the execution that the request started; empty if it started none. */
	outputs?: OutputItem[][];
	/** Why the request could not be replayed, or what the node threw. */
	error?: ErrorReport;
}

/** What the editor shows below a credential. */
export interface CredentialTestResult {
	status?: string;
	message?: string;
	/** The test itself threw. */
	error?: ErrorReport;
}

export interface ListSearchResult {
	results?: { name: string; value: unknown; description?: string; url?: string }[];
	/** Present if there is more. */
	paginationToken?: unknown;
	error?: ErrorReport;
}

/** The fields of a resource mapper. */
export interface MapFieldsResult {
	fields?: ResourceMapperField[];
	/** Shown if there are none. */
	emptyFieldsNotice?: string;
	error?: ErrorReport;
}

/** Of loading the package anew, or of another time. */
export interface ReloadResult {
	error?: ErrorReport;
}
