import { Notice } from '#components/ui/notice';

export default function NotFound() {
  return (
    <Notice title="Nothing here">
      <title>Nothing here · Holdfast</title>
      This page does not exist, or it is not yours to see.
    </Notice>
  );
}
