import { mountPage } from '@/components/mount';

mountPage('approval');
