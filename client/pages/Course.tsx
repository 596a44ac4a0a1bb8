export default function Course({ courseId }: { courseId: string; topicId?: string }) { return courseId }
