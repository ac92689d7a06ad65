import { handleDownload } from '#server/file-requests';

export async function GET(request: Request, { params }: { params: Promise<{ fileId: string }> }): Promise<Response> {
  return handleDownload(request, (await params).fileId);
}
