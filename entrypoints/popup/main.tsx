import { mountPage } from '@/components/mount';

mountPage('popup');
